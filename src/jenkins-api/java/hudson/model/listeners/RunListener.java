package hudson.model.listeners;

import hudson.model.Run;

public abstract class RunListener<R extends Run<?, ?>> {
    public native void onFinalized(R r);
}
