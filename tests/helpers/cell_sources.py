"""Cells that use every part of a kernel, in named groups."""

# all of them are cells of one notebook, in which errors are allowed
CELLS: dict[str, list[str]] = {
    "a figure before any magic": ["import matplotlib.pyplot as plt\nlines = plt.plot([1, 2])"],
    # errors
    "an error": ["1 / 0"],
    "an error in a function of another cell": ["def fail(x):\n    return 1 / x", "fail(0)"],
    "an error caused by another": [
        "try:\n    {}['a']\nexcept KeyError as error:\n    raise ValueError('no a') from error"
    ],
    "an error while another is handled": ["try:\n    {}['a']\nexcept KeyError:\n    int('b')"],
    "an error of a library": ["import json\njson.loads('{')"],
    "a group of errors": ["raise ExceptionGroup('two', [ValueError('a'), KeyError('b')])"],
    "an error with notes": ["error = ValueError('a')\nerror.add_note('see b')\nraise error"],
    "a syntax error": ["print('before')\ndef"],
    "an indentation error": ["if True:\nprint(1)"],
    "a tab error": ["if True:\n    a = 1\n\tb = 2"],
    "an assertion": ["assert 1 == 2, 'Số không khớp'"],
    "an endless recursion": [
        "def deep(n):\n    return deep(n + 1)\ntry:\n    deep(0)\nexcept RecursionError as error:\n"
        "    print(error)"
    ],
    "an error with an odd text": [
        "class OddError(Exception):\n"
        "    def __str__(self):\n        return 'nhiều\\ndòng\\x1b[31m <b>'\n"
        "    def __repr__(self):\n        return 'Odd'\n"
        "raise OddError"
    ],
    "an error whose text raises": [
        "class WorseError(Exception):\n"
        "    def __str__(self):\n        raise ValueError('no text')\n"
        "raise WorseError"
    ],
    "an error whose traceback is its own": [
        "class OwnError(Exception):\n"
        "    def _render_traceback_(self):\n        return ['one line']\n"
        "raise OwnError"
    ],
    "an interrupt raised": ["raise KeyboardInterrupt"],
    "an interrupt by signal": [
        "import signal\nprint('before')\nsignal.raise_signal(signal.SIGINT)\nprint('after')"
    ],
    "an interrupt while awaiting": [
        "import asyncio, signal\n"
        "asyncio.get_running_loop().call_soon(signal.raise_signal, signal.SIGINT)\n"
        "await asyncio.sleep(60)"
    ],
    "an exit by sys.exit": ["import sys\nsys.exit(3)"],
    "an exit by sys.exit with a text": ["import sys\nsys.exit('Hết')"],
    "an input": ["input('?')"],
    "a password": ["import getpass\ngetpass.getpass()"],
    "a generator that is closed": ["raise GeneratorExit"],
    # streams
    "both streams in order": [
        "import sys\nprint('a', flush=True)\nprint('b', file=sys.stderr, flush=True)\nprint('c')"
    ],
    "streams around a display": ["print('a')\ndisplay(1)\nprint('b')\ndisplay(2)\nprint('c')"],
    "a text without an end of line": ["print('a', end='')", "print('b', end='')"],
    "a text before an error": ["print('a')\nraise ValueError('b')"],
    "text of sys.stdout.write": ["import sys\nsys.stdout.write('a')"],
    "lines of sys.stdout.writelines": ["sys.stdout.writelines(['a\\n', 'b\\n'])"],
    "bytes to the stream": ["sys.stdout.buffer.write(b'a')"],
    "what the streams are": [
        "[(each.name, each.encoding, each.isatty(), each.writable(), each.closed)\n"
        " for each in (sys.stdout, sys.stderr)]"
    ],
    "a stream redirected": [
        "import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()) as text:\n"
        "    print('a')\ntext.getvalue()"
    ],
    "a program with both streams captured": [
        "import subprocess\n"
        "subprocess.run('echo a; echo b >&2', shell=True, capture_output=True, text=True)"
    ],
    "a program that reads": ["subprocess.run(['cat'], stdin=None).returncode"],
    "a shell command": ["!echo a; echo b >&2"],
    "a shell command's lines": ["lines = !printf 'a\\nb\\n'\nlines"],
    "a shell command with a value": ["name = 'xã'\n!echo {name} $name"],
    "a shell command that fails": ["!exit 3", "_exit_code"],
    "print in a thread": [
        "import threading\nthread = threading.Thread(target=print, args=['a'])\n"
        "thread.start()\nthread.join()\nprint('b')"
    ],
    "display in a thread": [
        "thread = threading.Thread(target=display, args=['a'])\nthread.start()\nthread.join()"
    ],
    "an error in a thread": [
        "thread = threading.Thread(target=lambda: 1 / 0, name='t')\nthread.start()\nthread.join()"
    ],
    "print in a pool of threads": [
        "from concurrent.futures import ThreadPoolExecutor\n"
        "with ThreadPoolExecutor(1) as pool:\n    list(pool.map(print, 'abc'))"
    ],
    "unicode": ["print('Lúa chiêm 🌾 \\u202e \\x00 \\x07')"],
    "a carriage return": ["print('a\\rb')"],
    "a long text": ["print('0123456789' * 20_000)"],
    "many lines": ["for number in range(2_000):\n    print(number)"],
    "warnings": ["import warnings\nwarnings.warn('Chú ý')", "warnings.warn('a', FutureWarning)"],
    "a log": ["import logging\nlogging.warning('a')", "logging.getLogger('x').error('b')"],
    "a log with a handler of its own": [
        "logger = logging.getLogger('own')\nlogger.addHandler(logging.StreamHandler(sys.stdout))\n"
        "logger.setLevel(logging.DEBUG)\nlogger.debug('a')\nlogger.propagate"
    ],
    "the handlers of the root": ["len(logging.getLogger().handlers)"],
    "a log by a handler made in an earlier cell": ["logging.getLogger('own').info('b')"],
    # results
    "a number": ["1"],
    "a text": ["'a\\nb'"],
    "nothing": ["None", "pass"],
    "a result and what came before": ["2\nprint('a')\n3"],
    "a semicolon": ["1;", "1; # not shown", "print('a');"],
    "an assignment": ["a = 1"],
    "a long result": ["list(range(2000))"],
    "nested results": ["{'a': [{'b' * 40: 'c' * 40}] * 3}"],
    "a set": ["{3, 1, 2}"],
    "a class": ["class Plain: pass\nPlain"],
    "a function": ["def plain(): pass\nplain", "len"],
    "an ellipsis": ["..."],
    "a generator": ["(x for x in 'a')"],
    "a table": ["import pandas as pd\npd.DataFrame({'a': [1.5, None]})"],
    "a series": ["pd.Series([1, 2], name='Lúa')"],
    "a wide table": ["pd.DataFrame([range(40)] * 100)"],
    "a styled table": ["pd.DataFrame({'a': [1]}).style.set_uuid('u').format('{:.2f}')"],
    "an array": ["import numpy as np\nnp.arange(3) / 7"],
    "results before": ["4", "_ + 1", "(_, __, ___)", "Out[max(Out)]", "In[-2]"],
    "the numbers of cells": ["get_ipython().execution_count", "len(In)"],
    # display
    "display": ["display(1, 'a', [2])"],
    "display with metadata": ["display({'text/plain': 'a'}, raw=True, metadata={'b': {'c': 1}})"],
    "display of some kinds": ["display(pd.DataFrame([1]), include=['text/plain'])"],
    "display by name": ["handle = display('a', display_id='one')", "handle.update('b')"],
    "display updated from another cell": [
        "from IPython.display import update_display\ndisplay('a', display_id='two')",
        "update_display('c', display_id='two')\nprint('done')",
    ],
    "display of one name twice": [
        "display('a', display_id='three')\ndisplay('b', display_id='three')"
    ],
    "an update of what is not there": ["update_display('c', display_id='four')"],
    "display of no name": ["handle = display('a', display_id=True)\nhandle.update('b')"],
    "output cleared": ["from IPython.display import clear_output\nprint('a')\nclear_output()"],
    "output cleared by the next": ["print('a')\nclear_output(wait=True)\nprint('b')"],
    "output cleared by none": ["print('a')\nclear_output(wait=True)"],
    "a display cleared": [
        "display('a', display_id='five')\nclear_output()\ndisplay('b')",
        "update_display('c', display_id='five')",
    ],
    "html": ["from IPython.display import HTML\nHTML('<b>a</b>')", "display(HTML('<i>b</i>'))"],
    "svg": ["from IPython.display import SVG\nSVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')"],
    "markdown": ["from IPython.display import Markdown\nMarkdown('**a**')"],
    "latex": ["from IPython.display import Latex, Math\ndisplay(Latex('$a$'))\nMath('b')"],
    "json": ["from IPython.display import JSON\nJSON({'a': [1, None]})"],
    "javascript": ["from IPython.display import Javascript\nJavascript('1')"],
    "a picture": [
        "from IPython.display import Image\nfrom base64 import b64decode\n"
        "Image(b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgG"
        "AWjR9awAAAABJRU5ErkJggg=='), width=5)"
    ],
    "a progress bar": ["from IPython.display import ProgressBar\nfor _ in ProgressBar(2): pass"],
    "an html repr": [
        "class Rich:\n    def _repr_html_(self):\n        return '<b>a</b>'\n"
        "    def __repr__(self):\n        return 'a'\nRich()"
    ],
    "an html repr that raises": [
        "class Raises:\n    def _repr_html_(self):\n        raise ValueError('no html')\n"
        "    def __repr__(self):\n        return 'a'\nRaises()"
    ],
    "a repr that raises": ["class Mute:\n    def __repr__(self):\n        1 / 0\nMute()"],
    "a bundle": [
        "class Bundle:\n    def _repr_mimebundle_(self, include=None, exclude=None):\n"
        "        return {'text/plain': 'a', 'application/x+json': {'z': 1}}, "
        "{'application/x+json': {'w': 2}}\nBundle()"
    ],
    "its own display": [
        "class Shows:\n    def _ipython_display_(self):\n        print('shown')\nShows()"
    ],
    "no number": ["display({'application/json': {'a': float('nan')}}, raw=True)"],
    "an infinite number": ["display({'application/json': [float('inf')]}, raw=True)"],
    "a tuple": ["display({'application/json': (1, 2)}, raw=True)"],
    "bytes": ["display({'a/b': b'c'}, raw=True)"],
    "bytes of a picture": ["display({'image/png': b'c'}, raw=True)"],
    "a date": [
        "import datetime\n"
        "display({'application/json': datetime.datetime(2023, 1, 2)}, raw=True)"
    ],
    "number keys": ["display({'application/json': {1: 2}}, raw=True)"],
    "what json has no word for": ["display({'application/json': object()}, raw=True)"],
    # asynchronous
    "await": ["import asyncio\nawait asyncio.sleep(0, 'a')"],
    "an error awaited": ["async def fails():\n    1 / 0\nawait fails()"],
    "async for and with": [
        "async def numbers():\n    for number in range(3):\n        yield number\n"
        "async for number in numbers():\n    print(number)",
        "[number async for number in numbers()]",
    ],
    "a task": [
        "async def later(): \n    await asyncio.sleep(0)\n    print('a')\n    return 'b'\n"
        "task = asyncio.create_task(later())\nawait task"
    ],
    "a task awaited in a later cell": ["task = asyncio.create_task(later())", "await task"],
    "several at once": ["await asyncio.gather(later(), later())"],
    "a timeout": ["async with asyncio.timeout(0.01):\n    await asyncio.sleep(60)"],
    "a task cancelled": [
        "task = asyncio.create_task(asyncio.sleep(60))\ntask.cancel()\nawait task"
    ],
    "work in a thread awaited": ["await asyncio.to_thread(print, 'a')"],
    "a program awaited": [
        "program = await asyncio.create_subprocess_exec('echo', 'a', stdout=-1)\n"
        "await program.communicate()"
    ],
    "asyncio.run": ["coroutine = later()\nasyncio.run(coroutine)", "coroutine.close()"],
    "asyncio.run in a thread": ["await asyncio.to_thread(lambda: asyncio.run(later()))"],
    "a running loop": ["asyncio.get_running_loop().is_running()"],
    "await is not python": ["def plain():\n    await later()"],
    # magics and help
    "inline figures": ["%matplotlib inline"],
    "names": ["%who int", "%who_ls str"],
    "captured": ["%%capture text\nprint('a')", "text.stdout"],
    "bash": ["%%bash\necho a\necho b >&2"],
    "bash that fails": ["%%bash\nexit 3"],
    "python in a program": ["%%python\nprint('a')"],
    "a script": ["%%script cat\na"],
    "a file run": ["%run beside.py"],
    "a file run with arguments": ["%run beside.py a b"],
    "a file that is not there run": ["%run absent.py"],
    "environment": ["%env CAOAN_A=1", "import os\nos.environ['CAOAN_A']", "%env CAOAN_A"],
    "folders": ["%cd -q below", "!ls", "%cd ..\nimport os\nos.path.basename(os.getcwd())"],
    "a folder shown": ["%cd below", "%cd -", "%pwd"],
    "written": ["%%writefile written.txt\na", "!cat written.txt"],
    "html by magic": ["%%html\n<b>a</b>"],
    "help": ["len?", "len??", "?no_such_name"],
    "help of one's own": ["def helped(a, b=1):\n    'Words.'\nhelped?", "helped??"],
    "the source in a pager": ["%psource helped", "%pdoc helped", "%pinfo helped"],
    "help()": ["help(helped)"],
    "a magic that is not there": ["%no_such_magic", "%%no_such_magic\na"],
    "extensions": ["%load_ext autoreload\n%autoreload 2", "%store"],
    "history": ["%history -l 1"],
    "precision": ["%precision 2\n1 / 3", "%precision"],
    "a traceback's mode": ["%xmode Plain", "1 / 0", "%xmode Context"],
    "the debugger": ["1 / 0", "%debug"],
    "pdb": ["import pdb\npdb.Pdb.__mro__[0].__name__, pdb.set_trace.__module__"],
    "timeit": ["result = %timeit -o -q -n1 -r1 pass\ntype(result).__name__"],
    "prun": ["%prun -q pass"],
    "configuration": ["%config InlineBackend.figure_formats", "%config"],
    "an alias": ["%alias say echo", "say a"],
    "auto call": ["%autocall", ",helped a", "/helped a"],
    "a history file": ["get_ipython().history_manager.hist_file"],
    # figures
    "a figure left open": ["lines = plt.plot([1, 2])"],
    "a figure shown": ["plt.plot([1, 3])\nplt.show()\nprint('after')"],
    "a figure closed": ["lines = plt.plot([1, 2])\nplt.close()"],
    "a figure as result": ["figure, ax = plt.subplots()\nax.plot([2, 1])\nplt.close()\nfigure"],
    "a figure and an error": ["lines = plt.plot([1, 2])\n1 / 0"],
    "two figures": ["for _ in range(2):\n    plt.figure()\n    plt.plot([1])"],
    "figures as svg": [
        "import matplotlib_inline.backend_inline as inline\ninline.set_matplotlib_formats('svg')\n"
        "os.environ['SOURCE_DATE_EPOCH'] = '0'\n"
        "plt.rcParams['svg.hashsalt'] = 'a'\nlines = plt.plot([1, 2])",
        "inline.set_matplotlib_formats('png')",
    ],
    "the backend": ["plt.get_backend()", "os.environ['MPLBACKEND']"],
    # the process
    "names of the module": [
        "__name__",
        "__doc__",
        "'__file__' in globals()",
        "import __main__\n__main__.__dict__ is globals()",
        "sorted(name for name in globals() if name.startswith('__') or name in ('In', 'Out'))",
    ],
    "builtins": ["__builtin__ is __builtins__, display.__module__, get_ipython().__class__"],
    "the file of a function": ["fail.__code__.co_filename"],
    "a module beside the notebook": ["import beside", "beside.NAME"],
    "the path": ["[path for path in sys.path if 'site-packages' not in path]"],
    "the search for modules": [
        "[type(finder).__name__ for finder in sys.meta_path if isinstance(finder, type)]"
    ],
    "stdin": ["sys.stdin.read()"],
    "the main thread": [
        "threading.current_thread() is threading.main_thread(), threading.main_thread().name"
    ],
    "the handler of interrupts": ["signal.getsignal(signal.SIGINT).__name__"],
    "handlers of signals": [
        "[(number.name, signal.getsignal(number)) for number in (signal.SIGTERM, signal.SIGCHLD, "
        "signal.SIGPIPE, signal.SIGHUP, signal.SIGUSR1)]"
    ],
    "the limit of recursion": ["sys.getrecursionlimit()"],
    "the locale": ["import locale\nlocale.setlocale(locale.LC_ALL), locale.getpreferredencoding()"],
    "garbage is collected": ["import gc\ngc.isenabled(), gc.get_threshold()"],
    "a fork": [
        "import multiprocessing\ncontext = multiprocessing.get_context('fork')\n"
        "with context.Pool(2) as pool:\n    print(pool.map(abs, [-1, -2]))"
    ],
    "the end of a fork": [
        "child = context.Process(target=abs, args=[-1])\nchild.start()\nchild.join()\n"
        "child.exitcode"
    ],
    "spawn": [
        "import math\nwith multiprocessing.get_context('spawn').Pool(1) as pool:\n"
        "    print(pool.map(math.sqrt, [4, 9]))"
    ],
    "os.fork": [
        "child = os.fork()\nif not child:\n    os._exit(5)\n"
        "os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])"
    ],
    "processes of concurrent.futures": [
        "from concurrent.futures import ProcessPoolExecutor\n"
        "with ProcessPoolExecutor(1) as pool:\n    print(list(pool.map(abs, [-3])))"
    ],
    "a function pickled": ["import pickle\npickle.loads(pickle.dumps(helped)) is helped"],
    "a dataclass": [
        "from dataclasses import dataclass\n@dataclass\nclass Field:\n    area: float\nField(1.5)"
    ],
    "the source of a function": ["import inspect\nprint(inspect.getsource(helped))"],
    "a thread left running": [
        "threading.Thread(target=threading.Event().wait, daemon=True).start()"
    ],
    "hooks of cells": [
        "get_ipython().events.register('post_run_cell', hook := lambda result: print('ran'))",
        "1",
        "get_ipython().events.unregister('post_run_cell', hook)",
    ],
    "a handler of errors": [
        "get_ipython().set_custom_exc((ValueError,), lambda *_, **__: print('handled'))",
        "raise ValueError",
        "get_ipython().set_custom_exc((), None)",
    ],
    "the excepthook": ["sys.excepthook.__name__, sys.displayhook.__class__.__name__"],
    "the last error": ["1 / 0", "sys.last_value"],
    # comms
    "a comm": [
        "from comm import create_comm\n"
        "plain = create_comm(target_name='a', data={'b': 1})\nplain.send({'c': 2})\nplain.close()"
    ],
    "a widget": [
        "def widget(name, **state):\n"
        "    module = 'output' if name == 'OutputModel' else 'controls'\n"
        "    state.update(_model_name=name, _model_module=f'@jupyter-widgets/{module}',\n"
        "        _model_module_version='2.0.0')\n"
        "    return create_comm(target_name='jupyter.widget', comm_id='id-of-' + name,\n"
        "        data={'state': state, 'buffer_paths': []}, metadata={'version': '2.1.0'})",
        "slider = widget('IntSliderModel', value=3)\n"
        "view = {'model_id': slider.comm_id}\n"
        "display({'application/vnd.jupyter.widget-view+json': view}, raw=True)",
        "slider.send({'method': 'update', 'state': {'value': 4}, 'buffer_paths': []})",
    ],
    "buffers of a widget": [
        "slider.send({'method': 'update', 'state': {}, 'buffer_paths': [['data']]},\n"
        "            buffers=[memoryview(b'abc')])"
    ],
    "a widget that captures": [
        "heard = []\noutput = widget('OutputModel', outputs=[], msg_id='')\n"
        "output.on_msg(lambda message: heard.append(message['content']['data']))",
        "def capture(msg_id):\n"
        "    output.send({'method': 'update', 'state': {'msg_id': msg_id}, 'buffer_paths': []})\n"
        "print('before', flush=True)\ncapture(get_ipython().get_parent()['header']['msg_id'])\n"
        "print('within')\ndisplay('shown')\nprint('more', flush=True)\n"
        "capture('')\nprint('after')",
        "[sorted(each['state']) for each in heard]",
        "heard[-1]['state']['outputs']",
    ],
    "names of all": ["%who function"],
}  # fmt: skip
