"""The command line: opens, computes, presents. Exit codes stand in `workbench.cli.exits`."""
