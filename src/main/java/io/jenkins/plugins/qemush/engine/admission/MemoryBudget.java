package io.jenkins.plugins.qemush.engine.admission;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.store.NameLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The host's memory, shared by all machines of one user: what does not fit waits, first come, first served. Nothing is
 * started that would have the host swap.
 *
 * <p>A machine counts with all the memory that it may ever take, less what it has taken already: that is missing from the
 * host's free memory by itself.
 */
public final class MemoryBudget {
    /** QEMU's own, and its supervisor's, in MB. */
    private static final int OVERHEAD = 128;

    private static final long LOOK_MILLIS = 100;

    private final Claims claims;
    private final SpareMemory spare;

    MemoryBudget(Path folder, SpareMemory spare) {
        this.claims = new Claims(folder.toAbsolutePath());
        this.spare = spare;
    }

    /**
     * That of this host.
     *
     * @param folder the same for all processes of the user; need not exist
     * @param most what machines may have together, in MB, if it is less than what the host has; 0 for that
     */
    public static MemoryBudget ofHost(Path folder, int most) {
        return new MemoryBudget(folder, new HostMemory(most));
    }

    /**
     * Waits until a machine fits.
     *
     * @param name the machine's
     * @param megabytes its memory
     * @param waits hears once, in a line, that there is need to wait, and what for
     * @throws HostFailure when it never will
     */
    public MemoryShare take(String name, int megabytes, Consumer<String> waits)
            throws IOException, InterruptedException {
        long most = spare.mostMegabytes();
        if (megabytes + OVERHEAD > most) {
            throw new HostFailure(
                    "The machine cannot have " + megabytes + " MB of memory: this host has " + most
                            + " MB for machines, and QEMU takes " + OVERHEAD + " MB itself.",
                    "Give it less memory: --memory of a command, memory of a Pipeline's step.");
        }
        Answer answer = enter(name, megabytes + OVERHEAD);
        boolean served = false;
        try {
            answer.why().ifPresent(waits);
            while (answer.why().isPresent()) {
                Thread.sleep(LOOK_MILLIS);
                answer = askAgain(answer.claim());
            }
            served = true;
            return new MemoryShare(claims, answer.claim());
        } finally {
            if (!served) {
                claims.remove(answer.claim());
            }
        }
    }

    /** @param why the claim has to wait; empty when it is served */
    private record Answer(Claim claim, Optional<String> why) {}

    /** The same for a machine that nobody waits for: empty when it does not fit at once, or others wait. */
    public Optional<MemoryShare> takeSpare(String name, int megabytes) throws IOException, InterruptedException {
        try (NameLock lock = claims.lock()) {
            List<Claim> all = claims.list();
            int wanted = megabytes + OVERHEAD;
            if (all.stream().anyMatch(Claim::isWaiting) || !fits(wanted, all)) {
                return Optional.empty();
            }
            Claim claim = fresh(all, name, wanted, Claim.State.SPARE);
            claims.write(claim);
            return Optional.of(new MemoryShare(claims, claim));
        }
    }

    /** Whether somebody waits, so that machines that nobody uses should end. */
    public boolean isShort() throws IOException, InterruptedException {
        try (NameLock lock = claims.lock()) {
            return claims.list().stream().anyMatch(Claim::isWaiting);
        }
    }

    /** In one step, so that a claim that is served at once never waits in anybody's eyes. */
    private Answer enter(String name, int megabytes) throws IOException, InterruptedException {
        try (NameLock lock = claims.lock()) {
            List<Claim> all = claims.list();
            Answer answer = answer(fresh(all, name, megabytes, Claim.State.WAITING), all);
            if (answer.why().isPresent()) {
                claims.write(answer.claim());
            }
            return answer;
        }
    }

    private Answer askAgain(Claim claim) throws IOException, InterruptedException {
        try (NameLock lock = claims.lock()) {
            return answer(claim, claims.list());
        }
    }

    private static Claim fresh(List<Claim> all, String name, int megabytes, Claim.State state) throws IOException {
        long ticket = all.isEmpty() ? 1 : all.get(all.size() - 1).ticket() + 1;
        return new Claim(ticket, name, megabytes, ProcessIdentity.ofThisProcess(), state);
    }

    private boolean fits(int megabytes, List<Claim> held) throws IOException {
        return spare.suffices(megabytes, held) || megabytes <= spare.megabytes(held);
    }

    /** Lets a claim in if it is its turn and fits; otherwise says why not. The caller holds the lock. */
    private Answer answer(Claim claim, List<Claim> all) throws IOException {
        List<Claim> held = all.stream().filter(other -> !other.isWaiting()).toList();
        long before = all.stream()
                .filter(other -> other.isWaiting() && other.ticket() < claim.ticket())
                .count();
        if (before == 0 && fits(claim.megabytes(), held)) {
            Claim served = claim.as(Claim.State.HELD);
            claims.write(served);
            return new Answer(served, Optional.empty());
        }
        return new Answer(
                claim,
                Optional.of(
                        "waits for memory: it wants %d MB, %d MB can be had; machines that run: %d, that wait longer: %d"
                                .formatted(
                                        claim.megabytes(), Math.max(0, spare.megabytes(held)), held.size(), before)));
    }
}
