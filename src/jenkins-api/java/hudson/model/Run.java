package hudson.model;

import hudson.security.Permission;
import java.io.File;
import java.io.IOException;
import jenkins.model.ArtifactManager;

public abstract class Run<J, R extends Run<J, R>> implements Saveable {
    public static final Permission ARTIFACTS = null;

    public native String getUrl();

    public native File getRootDir();

    public native boolean isBuilding();

    public native String getExternalizableId();

    public static native Run<?, ?> fromExternalizableId(String id);

    public native void addAction(Action a);

    public native <T extends Action> T getAction(Class<T> type);

    public final synchronized native ArtifactManager pickArtifactManager() throws IOException;

    public final native ArtifactManager getArtifactManager();

    public native void checkPermission(Permission permission);

    public native boolean hasPermission(Permission permission);

    @Override
    public synchronized native void save() throws IOException;
}
