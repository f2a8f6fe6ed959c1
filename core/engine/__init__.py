"""One vault's services in one object, and the child process that keeps them away from the window."""
