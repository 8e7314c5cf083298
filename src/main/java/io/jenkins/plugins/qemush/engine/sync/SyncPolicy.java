package io.jenkins.plugins.qemush.engine.sync;

/**
 * What becomes of what a guest's command did to a shared folder and the host should not, or cannot, do just like that.
 *
 * @param links symbolic links that point out of the folder
 * @param setId files with the setuid or setgid bit
 * @param conflicts files that both sides changed
 * @param git files by which a git repository runs programs
 */
public record SyncPolicy(Links links, SetId setId, Conflicts conflicts, Git git) {

    public static final SyncPolicy DEFAULT = new SyncPolicy(null, null, null, null);

    /** A symbolic link that points out of the folder: harmless in the guest, but whoever follows it on the host is led astray. */
    public enum Links {
        /** It stays in the guest, with a warning. */
        SKIP,
        /** It comes back as it is. */
        KEEP,
        /** It stays in the guest, and that counts as a failure. */
        REFUSE
    }

    /** A file with the setuid or setgid bit. */
    public enum SetId {
        /** It comes back without the bit, with a warning. */
        SKIP,
        /** It comes back with the bit, owned by the host's user. */
        KEEP
    }

    /** A file that the guest changed, and the host as well since it was sent. */
    public enum Conflicts {
        /** The guest's replaces the host's, with a warning. */
        WARN,
        /** The host's stays, and that counts as a failure. */
        FAIL,
        /** The guest's replaces the host's without a word, and removes it. */
        OVERWRITE
    }

    /** Hooks and the configuration of a git repository: the next {@code git} on the host would run what they say. */
    public enum Git {
        /** They stay in the guest, with a warning. */
        SKIP,
        /** They come back. */
        KEEP
    }

    /** What is missing, as in a message of another version of this program, is the default. */
    public SyncPolicy {
        links = links == null ? Links.SKIP : links;
        setId = setId == null ? SetId.SKIP : setId;
        conflicts = conflicts == null ? Conflicts.WARN : conflicts;
        git = git == null ? Git.SKIP : git;
    }
}
