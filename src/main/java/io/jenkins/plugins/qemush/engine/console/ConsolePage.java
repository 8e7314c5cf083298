package io.jenkins.plugins.qemush.engine.console;

import java.io.Serializable;
import java.util.List;

/**
 * Some lines of a console log, and where to go on.
 *
 * @param lines whole ones
 * @param rest what follows the last of them and is no whole line yet, a prompt for instance
 * @param nextOffset the first byte behind the lines
 * @param nextLine the number of the line that begins there
 * @param atEnd whether there was no further whole line
 */
public record ConsolePage(List<ConsoleLine> lines, String rest, long nextOffset, long nextLine, boolean atEnd)
        implements Serializable {

    /** A log that nobody has written to yet. */
    public static final ConsolePage EMPTY = new ConsolePage(List.of(), "", 0, 1, true);

    public ConsolePage {
        lines = List.copyOf(lines);
    }
}
