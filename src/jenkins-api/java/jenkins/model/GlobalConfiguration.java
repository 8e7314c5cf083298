package jenkins.model;

import hudson.model.Descriptor;

public abstract class GlobalConfiguration extends Descriptor<GlobalConfiguration>
        implements hudson.ExtensionPoint, hudson.model.Describable<GlobalConfiguration> {
    public native Descriptor<GlobalConfiguration> getDescriptor();
}
