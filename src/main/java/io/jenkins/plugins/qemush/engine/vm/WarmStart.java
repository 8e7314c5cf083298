package io.jenkins.plugins.qemush.engine.vm;

import io.jenkins.plugins.qemush.engine.vm.qemu.QemuPrograms;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.Timeline;
import io.jenkins.plugins.qemush.engine.warm.SavedState;
import io.jenkins.plugins.qemush.engine.warm.SavedStates;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.io.IOException;
import java.util.Optional;

/** Finds the saved state that a machine is restored from, or sees to it that the next one finds one. */
public final class WarmStart {
    private WarmStart() {}

    /** The state, if there is one; it is made first if the request insists. A failure to do so is told, and no more. */
    static Optional<SavedState> stateFor(VmRequest request, Timeline timeline) throws InterruptedException {
        try {
            SavedStates states = SavedStates.ofUser();
            return switch (request.warm()) {
                case FALSE -> Optional.empty();
                case AUTO -> find(request, states);
                case TRUE -> insist(request, states, timeline);
            };
        } catch (IOException e) {
            timeline.add(Timeline.Kind.BOOTED_INSTEAD, reason(e));
            return Optional.empty();
        }
    }

    private static Optional<SavedState> find(VmRequest request, SavedStates states)
            throws IOException, InterruptedException {
        Optional<StateKey> key = StateKey.of(request);
        return key.isPresent() ? states.find(key.get().machine()) : Optional.empty();
    }

    private static Optional<SavedState> insist(VmRequest request, SavedStates states, Timeline timeline)
            throws IOException, InterruptedException {
        Optional<SavedState> found = find(request, states);
        Optional<SavedState> state = found.isPresent() ? found : StateMaker.make(request, states);
        if (state.isEmpty()) {
            timeline.add(Timeline.Kind.BOOTED_INSTEAD, "no state of such a machine can be restored");
        }
        return state;
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /** Why no state is to be made, now that such a machine has been booted for want of one; empty when one is. */
    public static Optional<String> reasonForNone(VmRequest request) throws IOException, InterruptedException {
        Optional<StateKey> key = StateKey.of(request);
        if (request.warm() != WarmMode.AUTO || key.isEmpty()) {
            return Optional.of("no state is wanted of such a machine");
        }
        if (QemuPrograms.find("qemu-img").isEmpty()) {
            return Optional.of("qemu-img is not installed");
        }
        SavedStates states = SavedStates.ofUser();
        if (states.find(key.get().machine()).isPresent()) {
            return Optional.of("there is one");
        }
        return states.notes().hasNoWay(key.get().kind())
                ? Optional.of("this QEMU restores no such machine")
                : states.notes().unfit(key.get().machine());
    }
}
