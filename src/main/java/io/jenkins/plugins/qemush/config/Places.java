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
            return required ? Messages.Places_needed() : "";
        }
        String text = place.strip();
        if (URL.matcher(text).matches()) {
            return problemOfAddress(text);
        }
        return text.startsWith("/") ? "" : Messages.Places_relative();
    }

    private static String problemOfAddress(String address) {
        try {
            URI uri = new URI(address);
            if (!SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
                return Messages.Places_scheme();
            }
            // The page, exports and logs would all show it.
            return uri.getRawUserInfo() != null || address.matches("[^/]*//[^/]*@.*") ? Messages.Places_password() : "";
        } catch (URISyntaxException e) {
            return Messages.Places_invalid(e.getReason());
        }
    }

    /** @param folder of agents; null for none */
    static String problemOfFolder(String folder, int longest) {
        if (folder == null || folder.isBlank()) {
            return "";
        }
        if (!folder.strip().startsWith("/")) {
            return Messages.Places_relative();
        }
        return folder.strip().length() > longest ? Messages.Places_long(longest) : "";
    }

    static String problemOfDigest(String digest) {
        return digest == null
                        || digest.isBlank()
                        || SHA256.matcher(digest.strip()).matches()
                ? ""
                : Messages.Places_digest(digest.strip().length());
    }
}
