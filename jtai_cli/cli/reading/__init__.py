"""From what is asked about to plans that are read: on disk, in a commit, about to be committed."""
