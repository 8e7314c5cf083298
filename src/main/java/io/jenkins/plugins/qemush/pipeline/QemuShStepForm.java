package io.jenkins.plugins.qemush.pipeline;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.qemush.config.ConfiguredImage;
import io.jenkins.plugins.qemush.config.QemuShConfiguration;
import io.jenkins.plugins.qemush.config.Word;
import io.jenkins.plugins.qemush.engine.machine.Machine;
import io.jenkins.plugins.qemush.engine.machine.MachineTable;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * The form of the step in the snippet generator: the values that its parameters can have. Who writes Pipelines sees it;
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

    /** @param job whose Pipeline is written; null on a page that is no job's */
    @POST
    public ListBoxModel doFillImageItems(@AncestorInPath Item job) {
        ListBoxModel items = new ListBoxModel();
        items.add(Messages.QemuShStepForm_ofArch(), "");
        if (!mayWritePipelines(job)) {
            return items;
        }
        for (ConfiguredImage image : QemuShConfiguration.get().getImages()) {
            items.add(image.getName() + " (" + image.getArch() + ")", image.getName());
        }
        return items;
    }

    private static boolean mayWritePipelines(Item job) {
        return job == null ? Jenkins.get().hasPermission(Jenkins.MANAGE) : job.hasPermission(Item.EXTENDED_READ);
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

    public ListBoxModel doFillSyncGitItems() {
        return Word.SYNC_GIT.items();
    }

    public ListBoxModel doFillOnConflictItems() {
        return Word.ON_CONFLICT.items();
    }

    public ListBoxModel doFillWarmItems() {
        return Word.WARM.itemsAfter(Messages.QemuShStepForm_configured());
    }

    @POST
    public FormValidation doCheckMemory(@QueryParameter String value) {
        return positiveOrEmpty(value);
    }

    @POST
    public FormValidation doCheckBootTimeout(@QueryParameter String value) {
        return positiveOrEmpty(value);
    }

    @POST
    public FormValidation doCheckCpus(@QueryParameter String value) {
        return positiveOrEmpty(value);
    }

    @POST
    public FormValidation doCheckIdleTimeout(@QueryParameter String value) {
        return notNegativeOrEmpty(value);
    }

    @POST
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
