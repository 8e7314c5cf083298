package io.jenkins.plugins.qemush.engine.vm;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.store.NameLock;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.warm.Notes;
import io.jenkins.plugins.qemush.engine.warm.RestoreWay;
import io.jenkins.plugins.qemush.engine.warm.SavedState;
import io.jenkins.plugins.qemush.engine.warm.SavedStates;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the saved state for a request: boots the machine, saves it, and restores it twice to see that it works and that
 * the two have no randomness in common. Only then others find it.
 *
 * <p>The ways of keeping the memory are tried in their order; the first that works for a QEMU and a kind of machine is
 * remembered, as is that none does. Not on a loaded host, where failures prove nothing.
 */
public final class StateMaker {
    /** Until a machine is given up whose states are flawed. */
    private static final int ATTEMPTS = 3;

    private final SavedStates states;
    private final VmRequest request;
    private final StateKey key;

    private StateMaker(SavedStates states, VmRequest request, StateKey key) {
        this.states = states;
        this.request = request;
        this.key = key;
    }

    /**
     * Makes the state unless it is there, with the right to do so held by this process.
     *
     * @return empty when machines like this one have to be booted
     * @throws HostFailure when another process has been making states for too long
     * @throws IOException when it failed this time
     */
    public static Optional<SavedState> make(VmRequest request, SavedStates states)
            throws IOException, InterruptedException {
        Optional<StateKey> key = StateKey.of(request);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        try (NameLock lock = StateWait.lock(states)) {
            return new StateMaker(states, request, key.get()).makeUnlessThere();
        }
    }

    /** The same, unless another process makes a state. A failure is remembered: the next run does not try again. */
    public static Optional<SavedState> makeUnlessBusy(VmRequest request, SavedStates states)
            throws IOException, InterruptedException {
        Optional<StateKey> key = StateKey.of(request);
        Optional<NameLock> lock = states.tryLock();
        if (key.isEmpty() || lock.isEmpty()) {
            log("another process makes one", null);
            return Optional.empty();
        }
        try (NameLock held = lock.get()) {
            return new StateMaker(states, request, key.get()).makeUnlessThere();
        } catch (HostFailure e) {
            // A full disk, for one, which says nothing of the machine.
            throw e;
        } catch (IOException e) {
            if (!HostLoad.isHigh()) {
                states.notes().unfit(key.get().machine(), String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private Optional<SavedState> makeUnlessThere() throws IOException, InterruptedException {
        Optional<SavedState> made = states.find(key.machine());
        return made.isPresent() ? made : make();
    }

    private Optional<SavedState> make() throws IOException, InterruptedException {
        Notes notes = states.notes();
        if (notes.unfit(key.machine()).isPresent() || notes.hasNoWay(key.kind())) {
            log("known not to work", null);
            return Optional.empty();
        }
        for (RestoreWay way : ways(notes)) {
            try {
                Optional<SavedState> saved = saveFlawless(way);
                if (saved.isEmpty()) {
                    return Optional.empty();
                }
                if (way.ordinal() == 0 || !HostLoad.isHigh()) {
                    notes.way(key.kind(), Optional.of(way));
                }
                return Optional.of(states.publish(saved.get()));
            } catch (UnrestorableException e) {
                // This is how a way that does not work shows: riscv64 on QEMU 7.2 refuses its own state.
                log(way + " does not work", e);
            }
        }
        if (!HostLoad.isHigh()) {
            notes.way(key.kind(), Optional.empty());
        }
        return Optional.empty();
    }

    /**
     * A state from which two machines were restored as they should be; empty when there is none. Chance has a part in it,
     * see {@link StateSaving#save}.
     */
    private Optional<SavedState> saveFlawless(RestoreWay way) throws IOException, InterruptedException {
        Optional<StateCheck.Flaw> flaw = Optional.empty();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            SavedState saved = new StateSaving(states, request, way).save(key.machine(), attempt);
            flaw = flaw(saved);
            if (flaw.isEmpty()) {
                return Optional.of(saved);
            }
            states.discard(saved);
            log("attempt " + attempt + ": " + flaw.get().reason(), null);
        }
        StateCheck.Flaw last = flaw.orElseThrow();
        if (!last.byChance() || !HostLoad.isHigh()) {
            states.notes().unfit(key.machine(), last.reason());
        }
        return Optional.empty();
    }

    private Optional<StateCheck.Flaw> flaw(SavedState saved) throws IOException, InterruptedException {
        try {
            return new StateCheck(request, saved).flaw();
        } catch (IOException e) {
            states.discard(saved);
            throw new UnrestorableException(e);
        }
    }

    /** No machine could be restored from a state that was saved. */
    private static final class UnrestorableException extends IOException {
        private static final long serialVersionUID = 1;

        UnrestorableException(IOException cause) {
            super(cause);
        }
    }

    private static void log(String what, Throwable cause) {
        System.getLogger(StateMaker.class.getName()).log(System.Logger.Level.INFO, what, cause);
    }

    private List<RestoreWay> ways(Notes notes) throws IOException {
        List<RestoreWay> ways = new ArrayList<>(List.of(RestoreWay.values()));
        Optional<RestoreWay> known = notes.way(key.kind());
        known.ifPresent(way -> ways.subList(0, way.ordinal()).clear());
        return ways;
    }
}
