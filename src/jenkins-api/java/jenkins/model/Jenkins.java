package jenkins.model;

import hudson.PluginManager;
import hudson.model.Computer;
import hudson.security.Permission;

public class Jenkins {
    private Jenkins() {}

    public static final Permission ADMINISTER = null;

    public static final Permission MANAGE = null;

    public static final Permission SYSTEM_READ = null;

    public static native Jenkins get();

    public native Computer[] getComputers();

    public native Computer getComputer(String name);

    public native PluginManager getPluginManager();

    public native String getLegacyInstanceId();

    public native void checkPermission(Permission permission);

    public native boolean hasPermission(Permission permission);
}
