package hudson.model;

import java.io.IOException;
import jenkins.model.ArtifactManager;

public abstract class Run<J, R extends Run<J, R>> implements Saveable {
    public native String getUrl();

    public native boolean isBuilding();

    public native String getExternalizableId();

    public static native Run<?, ?> fromExternalizableId(String id);

    public native void addAction(Action a);

    public native <T extends Action> T getAction(Class<T> type);

    public final synchronized native ArtifactManager pickArtifactManager() throws IOException;

    @Override
    public synchronized native void save() throws IOException;
}
