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

    /** More machines of one image than that nobody takes before the next are made. */
    static final int MOST_STANDBY = 16;

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

    /** A mirror's files are signed, so that its address needs no digest. */
    static FormValidation mirror(String address) {
        permission();
        return of(Places.problem(address, false));
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

    /**
     * A number of machines that stand by, with a warning when they do not fit into the memory of an agent's machines.
     *
     * @param memory of a machine, in MB; empty for what its architecture has
     * @param limit of all on an agent, in MB; 0 for none
     */
    static FormValidation standby(String count, String arch, String memory, String limit) {
        FormValidation number = notNegative(count);
        if (number.kind != FormValidation.Kind.OK) {
            return number;
        }
        int machines = Integer.parseInt(count.strip());
        if (machines > MOST_STANDBY) {
            return FormValidation.error(Messages.Checks_standby(MOST_STANDBY));
        }
        try {
            int most = number(limit);
            int each = number(memory) > 0 || Texts.orNull(arch) == null
                    ? number(memory)
                    : MachineTable.find(arch).memory();
            return most > 0 && machines * each > most
                    ? FormValidation.warning(
                            Messages.Checks_standbyMemory(Integer.toString(machines * each), Integer.toString(most)))
                    : FormValidation.ok();
        } catch (HostFailure | NumberFormatException e) {
            // That field says so itself.
            return FormValidation.ok();
        }
    }

    private static int number(String text) {
        return Texts.orNull(text) == null ? 0 : Integer.parseInt(text.strip());
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
