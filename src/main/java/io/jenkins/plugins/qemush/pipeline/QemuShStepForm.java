package io.jenkins.plugins.qemush.pipeline;

import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.qemush.config.ConfiguredImage;
import io.jenkins.plugins.qemush.config.QemuShConfiguration;
import io.jenkins.plugins.qemush.config.Word;
import io.jenkins.plugins.qemush.engine.machine.Machine;
import io.jenkins.plugins.qemush.engine.machine.MachineTable;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.QueryParameter;

/**
 * The form of the step in the snippet generator: the values that its parameters can have. Whoever writes Pipelines sees it;
 * it tells the images' names, and nothing else of the configuration.
 */
public abstract class QemuShStepForm extends StepDescriptor {
    public ListBoxModel doFillArchItems() {
        ListBoxModel items = new ListBoxModel();
        items.add(Messages.QemuShStepForm_ofImage(), "");
        for (Machine machine : MachineTable.all()) {
            items.add(machine.name(), machine.name());
        }
        return items;
    }

    public ListBoxModel doFillImageItems() {
        ListBoxModel items = new ListBoxModel();
        items.add(Messages.QemuShStepForm_ofArch(), "");
        for (ConfiguredImage image : QemuShConfiguration.get().getImages()) {
            items.add(image.getName() + " (" + image.getArch() + ")", image.getName());
        }
        return items;
    }

    public ListBoxModel doFillNetworkItems() {
        return Word.NETWORK.itemsAfter(Messages.QemuShStepForm_configured());
    }

    public ListBoxModel doFillSyncItems() {
        return Word.SYNC.items();
    }

    public ListBoxModel doFillSyncLinksItems() {
        return Word.SYNC_LINKS.items();
    }

    public ListBoxModel doFillSyncSetidItems() {
        return Word.SYNC_SETID.items();
    }

    public ListBoxModel doFillOnConflictItems() {
        return Word.ON_CONFLICT.items();
    }

    public ListBoxModel doFillWarmItems() {
        return Word.WARM.itemsAfter(Messages.QemuShStepForm_configured());
    }

    public FormValidation doCheckMemory(@QueryParameter String value) {
        return positiveOrEmpty(value);
    }

    public FormValidation doCheckBootTimeout(@QueryParameter String value) {
        return positiveOrEmpty(value);
    }

    public FormValidation doCheckCpus(@QueryParameter String value) {
        return positiveOrEmpty(value);
    }

    public FormValidation doCheckIdleTimeout(@QueryParameter String value) {
        return notNegativeOrEmpty(value);
    }

    public FormValidation doCheckTotalTimeout(@QueryParameter String value) {
        return notNegativeOrEmpty(value);
    }

    private static FormValidation positiveOrEmpty(String value) {
        return isEmpty(value) ? FormValidation.ok() : FormValidation.validatePositiveInteger(value);
    }

    private static FormValidation notNegativeOrEmpty(String value) {
        return isEmpty(value) ? FormValidation.ok() : FormValidation.validateNonNegativeInteger(value);
    }

    private static boolean isEmpty(String value) {
        return value == null || value.isBlank();
    }

    /** What the form's checkbox begins with. */
    public boolean isArchiveConsoleByDefault() {
        return QemuShConfiguration.get().isArchiveConsole();
    }
}
