package io.jenkins.plugins.qemush.config;

import hudson.util.FormValidation;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.machine.MachineTable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/** What the form says of a field while it is filled in. Nobody but administrators is told anything. */
final class Checks {
    static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");
    private static final Pattern PACKAGE = Pattern.compile("[a-z0-9][a-z0-9+.-]+");
    private static final List<String> SCHEMES = List.of("http", "https", "file");

    private Checks() {}

    static void permission() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
    }

    static FormValidation path(String path, boolean required) {
        permission();
        if (path == null || path.isBlank()) {
            return required ? FormValidation.error("This is needed.") : FormValidation.ok();
        }
        return path.strip().startsWith("/")
                ? FormValidation.ok()
                : FormValidation.error("Give an absolute path of the agent: one that begins with /.");
    }

    static FormValidation digest(String digest) {
        permission();
        return digest == null
                        || digest.isBlank()
                        || SHA256.matcher(digest.strip()).matches()
                ? FormValidation.ok()
                : FormValidation.error("A SHA-256 digest has 64 digits 0-9 and a-f; this has "
                        + digest.strip().length() + " characters.");
    }

    /** A folder of the agent, or an address; one that is not pinned down by a digest gets a warning. */
    static FormValidation place(String place, String digest) {
        permission();
        if (place == null || place.isBlank()) {
            return FormValidation.error("This is needed.");
        }
        if (!URL.matcher(place.strip()).matches()) {
            return path(place, true);
        }
        String problem = problemOf(place.strip());
        if (!problem.isEmpty()) {
            return FormValidation.error(problem);
        }
        boolean pinned = digest != null && !digest.isBlank();
        return pinned || place.toLowerCase(Locale.ROOT).startsWith("file:")
                ? FormValidation.ok()
                : FormValidation.warning("Without a digest whoever controls this address decides what runs.");
    }

    private static String problemOf(String address) {
        try {
            URI uri = new URI(address);
            if (!SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
                return "Use http, https or file.";
            }
            // The page, exports and logs would all show it.
            return uri.getRawUserInfo() != null || address.matches("[^/]*//[^/]*@.*")
                    ? "An address must not have a user and a password in it."
                    : "";
        } catch (URISyntaxException e) {
            return "This is no valid address: " + e.getReason() + ".";
        }
    }

    static FormValidation packages(String names) {
        permission();
        for (String name : Texts.words(names)) {
            if (!PACKAGE.matcher(name).matches()) {
                return FormValidation.error("\"" + name + "\" is no name of a Debian package.");
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
