package hudson.model;

import hudson.security.Permission;

public interface Item {
    Permission READ = null;

    Permission EXTENDED_READ = null;

    boolean hasPermission(Permission permission);
}
