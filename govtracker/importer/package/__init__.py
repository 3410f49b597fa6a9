"""The file and its package: checked, read in a child process, handed on as neutral sheets."""
