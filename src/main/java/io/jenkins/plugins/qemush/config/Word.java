package io.jenkins.plugins.qemush.config;

import hudson.AbortException;
import hudson.util.ListBoxModel;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jvnet.localizer.Localizable;

/** A setting of machines that takes one of a few words, with what each of them means to people. */
public enum Word {
    /** Whether the guest reaches what the agent reaches. */
    NETWORK(new Meaning("user", Messages._Word_all()), new Meaning("none", Messages._Word_nothing())),
    /** A {@link io.jenkins.plugins.qemush.engine.sync.SyncMode}. */
    SYNC(
            new Meaning("auto", Messages._Word_best()),
            new Meaning("disk", Messages._Word_disk()),
            new Meaning("tar", Messages._Word_tar()),
            new Meaning("none", Messages._Word_none())),
    /** A {@link io.jenkins.plugins.qemush.engine.sync.SyncPolicy.Links}. */
    SYNC_LINKS(
            new Meaning("skip", Messages._Word_linksSkip()),
            new Meaning("keep", Messages._Word_linksKeep()),
            new Meaning("refuse", Messages._Word_linksRefuse())),
    /** A {@link io.jenkins.plugins.qemush.engine.sync.SyncPolicy.SetId}. */
    SYNC_SETID(new Meaning("skip", Messages._Word_setidSkip()), new Meaning("keep", Messages._Word_setidKeep())),
    /** A {@link io.jenkins.plugins.qemush.engine.sync.SyncPolicy.Git}. */
    SYNC_GIT(new Meaning("skip", Messages._Word_gitSkip()), new Meaning("keep", Messages._Word_gitKeep())),
    /** A {@link io.jenkins.plugins.qemush.engine.sync.SyncPolicy.Conflicts}. */
    ON_CONFLICT(new Meaning("warn", Messages._Word_conflictWarn()), new Meaning("fail", Messages._Word_conflictFail())),
    /** A {@link io.jenkins.plugins.qemush.engine.warm.WarmMode}. */
    WARM(
            new Meaning("auto", Messages._Word_saved()),
            new Meaning("true", Messages._Word_make()),
            new Meaning("false", Messages._Word_booted()));

    private final List<Meaning> words;

    private record Meaning(String word, Localizable title) {}

    Word(Meaning... words) {
        this.words = List.of(words);
    }

    /** The one that stands unless somebody says otherwise. */
    public String standard() {
        return words.get(0).word();
    }

    /** All of them, for a drop-down. */
    public ListBoxModel items() {
        ListBoxModel items = new ListBoxModel();
        words.forEach(meaning -> items.add(meaning.title().toString(), meaning.word()));
        return items;
    }

    /** Likewise behind a choice of nothing. */
    public ListBoxModel itemsAfter(String nothing) {
        ListBoxModel items = new ListBoxModel();
        items.add(nothing, "");
        items.addAll(items());
        return items;
    }

    /** A value that is one of them; the usual one for whatever else. */
    String orStandard(String value) {
        return has(value) ? value : standard();
    }

    private boolean has(String value) {
        return words.stream().anyMatch(meaning -> meaning.word().equalsIgnoreCase(value));
    }

    /** What Pipelines call it: {@code syncLinks} for {@code SYNC_LINKS}. */
    private String parameter() {
        String[] parts = name().toLowerCase(Locale.ROOT).split("_");
        return parts[0]
                + Stream.of(parts)
                        .skip(1)
                        .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
                        .collect(Collectors.joining());
    }

    /**
     * Whether a value is one of the words, in upper or lower case.
     *
     * @throws AbortException that names them when it is none
     */
    public void check(String value) throws AbortException {
        if (!has(value)) {
            String known =
                    words.stream().map(meaning -> "'" + meaning.word() + "'").collect(Collectors.joining(", "));
            throw new AbortException(
                    "qemuSh: " + parameter() + " cannot be '" + value + "': use one of " + known + ".");
        }
    }
}
