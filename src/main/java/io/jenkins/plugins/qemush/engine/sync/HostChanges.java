package io.jenkins.plugins.qemush.engine.sync;

import java.util.List;

/**
 * What the host changed since both sides were last the same.
 *
 * @param changed new or changed entries, parents first
 * @param modes entries of which only the mode changed
 * @param deleted entries to remove before the changed ones arrive; parents first
 */
record HostChanges(List<String> changed, List<String> modes, List<String> deleted) {

    boolean isEmpty() {
        return changed.isEmpty() && modes.isEmpty() && deleted.isEmpty();
    }
}
