"""The middle of the walk given out in parts: to this process, to the cores of this machine, or to the workers of a cluster."""
