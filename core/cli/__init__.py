"""The command line: the second front end, without a screen."""
