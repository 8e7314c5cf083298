package io.jenkins.plugins.qemush.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What can be said of a path or an address without looking there. Problems are sentences; empty when there is none. */
final class Places {
    private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final List<String> SCHEMES = List.of("http", "https", "file");

    private Places() {}

    /** Whether a server decides what lies there. */
    static boolean isRemote(String place) {
        return place != null
                && URL.matcher(place.strip()).matches()
                && !place.strip().toLowerCase(Locale.ROOT).startsWith("file:");
    }

    /** @param place a path of an agent or an address; null for none */
    static String problem(String place, boolean required) {
        if (place == null || place.isBlank()) {
            return required ? "This is needed." : "";
        }
        String text = place.strip();
        if (URL.matcher(text).matches()) {
            return problemOfAddress(text);
        }
        return text.startsWith("/") ? "" : "Give an absolute path of the agent: one that begins with /.";
    }

    private static String problemOfAddress(String address) {
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

    /** @param folder of agents; null for none */
    static String problemOfFolder(String folder, int longest) {
        if (folder == null || folder.isBlank()) {
            return "";
        }
        if (!folder.strip().startsWith("/")) {
            return "Give an absolute path of the agents: one that begins with /.";
        }
        return folder.strip().length() > longest
                ? "This path is too long: use " + longest + " characters at most."
                : "";
    }

    static String problemOfDigest(String digest) {
        return digest == null
                        || digest.isBlank()
                        || SHA256.matcher(digest.strip()).matches()
                ? ""
                : "A SHA-256 digest has 64 digits 0-9 and a-f; this has "
                        + digest.strip().length() + " characters.";
    }
}
