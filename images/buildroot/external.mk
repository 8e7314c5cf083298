# The tree adds defconfigs only: it has no packages of its own. Buildroot wants this file to exist.
