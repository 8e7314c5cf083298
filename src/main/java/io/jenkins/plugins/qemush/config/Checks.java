package io.jenkins.plugins.qemush.config;

import hudson.util.FormValidation;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.machine.MachineTable;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/** What the form says of a field while it is filled in. Nobody but administrators is told anything. */
final class Checks {
    private static final Pattern PACKAGE = Pattern.compile("[a-z0-9][a-z0-9+.-]+");

    private Checks() {}

    static void permission() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
    }

    /** For what a page that cannot be changed shows, too. */
    static void readPermission() {
        Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
    }

    static FormValidation digest(String digest) {
        permission();
        return of(Places.problemOfDigest(digest));
    }

    /** A path of the agent, or an address; one that is not pinned down by a digest gets a warning. */
    static FormValidation place(String place, String digest, boolean required) {
        permission();
        String problem = Places.problem(place, required);
        boolean pinned = digest != null && !digest.isBlank();
        return problem.isEmpty() && Places.isRemote(place) && !pinned
                ? FormValidation.warning(Messages.Checks_unpinned())
                : of(problem);
    }

    static FormValidation folder(String folder, int longest) {
        permission();
        return of(Places.problemOfFolder(folder, longest));
    }

    private static FormValidation of(String problem) {
        return problem.isEmpty() ? FormValidation.ok() : FormValidation.error(problem);
    }

    static FormValidation packages(String names) {
        permission();
        for (String name : Texts.words(names)) {
            if (!PACKAGE.matcher(name).matches()) {
                return FormValidation.error(Messages.Checks_noPackage(name));
            }
        }
        return FormValidation.ok();
    }

    static FormValidation arch(String arch) {
        permission();
        if (arch == null || arch.isBlank()) {
            // A drop-down that is not filled yet.
            return FormValidation.ok();
        }
        try {
            MachineTable.find(arch);
            return FormValidation.ok();
        } catch (QemuShException e) {
            return FormValidation.error(e.getMessage() + " " + e.help());
        }
    }

    /** Whether the machine of an architecture can have as much, in MB. */
    static FormValidation memory(int megabytes, String arch) {
        permission();
        try {
            MachineSettings wanted = new MachineSettings();
            wanted.setMemory(megabytes);
            return of(wanted.problem(MachineTable.find(arch)));
        } catch (HostFailure e) {
            return FormValidation.error(e.getMessage());
        }
    }

    static FormValidation positiveOrEmpty(String number) {
        permission();
        return number == null || number.isBlank()
                ? FormValidation.ok()
                : FormValidation.validatePositiveInteger(number);
    }

    static FormValidation notNegative(String number) {
        permission();
        return FormValidation.validateNonNegativeInteger(number);
    }
}
