"""Kernels that run notebook cells in forks of a process with all imports done.

Does not import `caoan_stats.publish`.
"""
