package hudson.model;

import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

public abstract class Descriptor<T extends Describable<T>> implements Saveable {
    public native String getDisplayName();

    public synchronized native void load();

    @Override
    public synchronized native void save();

    public native boolean configure(StaplerRequest2 req, JSONObject json) throws FormException;

    public static class FormException extends Exception {
        public FormException(String message, String formField) {}
    }
}
