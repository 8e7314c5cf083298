package io.jenkins.plugins.qemush.standby;

import hudson.Extension;
import hudson.XmlFile;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.qemush.config.QemuShConfiguration;

/** What the configuration wants is done soon after it is saved. */
@Extension
public class ChangesOfConfiguration extends SaveableListener {
    @Override
    public void onChange(Saveable changed, XmlFile file) {
        if (changed instanceof QemuShConfiguration) {
            StandbyUpkeep.get().tellAllSoon();
        }
    }
}
