"""The command `desk`: the clerk's page in a browser, or the file that opens it when clicked."""

import sys
import threading
import webbrowser
from pathlib import Path

from caoan_stats.command.speaker import Speaker
from caoan_stats.common.files import write_file
from caoan_stats.datafolder.find import find_project
from caoan_stats.desk.launcher import make_launcher


def open_desk(data: Path, speaker: Speaker, *, browser: bool) -> None:
    """Serve the desk until it is interrupted; with `browser`, open it when it is ready."""
    speaker.say("desk_opening")
    from caoan_stats.desk import server  # JupyterLab is slow to import

    def on_ready(address: str) -> None:
        speaker.say("desk_ready", address=address)
        if browser:
            threading.Thread(target=webbrowser.open, args=[address], daemon=True).start()

    server.serve(data, on_ready)


def write_launcher(data: Path, speaker: Speaker) -> None:
    """Write the launcher of this system to the working folder."""
    name, content = make_launcher(sys.executable, find_project(data), data)
    path = Path(name)
    write_file(path, content)
    path.chmod(0o755)
    speaker.say("launcher_written", file=path)
