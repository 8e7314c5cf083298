package io.jenkins.plugins.qemush.pipeline;

import hudson.AbortException;
import hudson.util.ListBoxModel;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A parameter of the step that takes one of a few words, with what each of them means to people. */
enum StepWord {
    /** Whether the guest reaches what the agent reaches. */
    NETWORK(new Meaning("user", "what the agent reaches"), new Meaning("none", "nothing")),
    /** A {@link io.jenkins.plugins.qemush.engine.sync.SyncMode}. */
    SYNC(
            new Meaning("auto", "the best way there is"),
            new Meaning("disk", "as a disk"),
            new Meaning("tar", "as tar streams"),
            new Meaning("none", "not at all")),
    /** A {@link io.jenkins.plugins.qemush.engine.warm.WarmMode}. */
    WARM(
            new Meaning("auto", "from a saved state when there is one"),
            new Meaning("true", "from a saved state, made first if need be"),
            new Meaning("false", "booted, always"));

    private final List<Meaning> words;

    private record Meaning(String word, String title) {}

    StepWord(Meaning... words) {
        this.words = List.of(words);
    }

    /** The one that stands for a step that says nothing. */
    String standard() {
        return words.get(0).word();
    }

    ListBoxModel items() {
        ListBoxModel items = new ListBoxModel();
        words.forEach(meaning -> items.add(meaning.title(), meaning.word()));
        return items;
    }

    /**
     * Whether a value is one of the words, in upper or lower case.
     *
     * @throws AbortException that names them when it is none
     */
    void check(String value) throws AbortException {
        if (words.stream().noneMatch(meaning -> meaning.word().equalsIgnoreCase(value))) {
            String known =
                    words.stream().map(meaning -> "'" + meaning.word() + "'").collect(Collectors.joining(", "));
            throw new AbortException("qemuSh: " + name().toLowerCase(Locale.ROOT) + " cannot be '" + value
                    + "': use one of " + known + ".");
        }
    }
}
