package io.jenkins.plugins.qemush.engine.admission;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.store.NameLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryBudgetTest {
    private static final int HOST = 1000;

    @TempDir
    private Path folder;

    private final ExecutorService others = Executors.newCachedThreadPool();
    private MemoryBudget budget;

    @BeforeEach
    void budget() {
        budget = new MemoryBudget(folder, new FixedMemory());
    }

    @AfterEach
    void end() {
        others.shutdownNow();
    }

    /** A host on which nothing but machines takes memory. */
    private static final class FixedMemory implements SpareMemory {
        @Override
        public long megabytes(List<Claim> held) {
            return HOST - held.stream().mapToLong(Claim::megabytes).sum();
        }

        @Override
        public boolean suffices(int megabytes, List<Claim> held) {
            return false;
        }

        @Override
        public long mostMegabytes() {
            return HOST;
        }
    }

    private MemoryShare take(int megabytes) throws Exception {
        return budget.take("machine", megabytes, why -> {
            throw new AssertionError(why);
        });
    }

    /** Somebody who waits in a thread; the first future hears why, the second has the share. */
    private record Waiter(CompletableFuture<String> waits, Future<MemoryShare> share) {}

    private Waiter waiter(int megabytes) {
        CompletableFuture<String> waits = new CompletableFuture<>();
        Waiter waiter = new Waiter(waits, others.submit(() -> budget.take("waiter", megabytes, waits::complete)));
        waits.join();
        return waiter;
    }

    private List<Path> claims() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".claim")).toList();
        }
    }

    @Test
    void machinesThatFitStartAtOnce() throws Exception {
        take(300).close();
        take(300);
        take(300);

        assertThat(claims()).hasSize(2);
    }

    @Test
    void machinesThatFitStartAtTheSameMomentWithoutAWord() throws Exception {
        for (int round = 0; round < 20; round++) {
            List<Future<MemoryShare>> shares = new ArrayList<>();
            for (int machine = 0; machine < 6; machine++) {
                shares.add(others.submit(() -> take(10)));
            }
            for (Future<MemoryShare> share : shares) {
                share.get().close();
            }
        }
    }

    @Test
    void whatDoesNotFitWaitsUntilThereIsRoom() throws Exception {
        MemoryShare first = take(600);
        Waiter second = waiter(500);

        assertThat(second.waits().join()).startsWith("waits for memory: it wants 628 MB, 272 MB can be had");
        assertThat(second.share().isDone()).isFalse();
        first.close();

        assertThat(second.share().get()).isNotNull();
    }

    @Test
    void smallMachineDoesNotOvertakeALargeOneThatWaits() throws Exception {
        MemoryShare first = take(500);
        Waiter large = waiter(600);
        Waiter small = waiter(50);

        assertThat(small.waits().join()).endsWith("that wait longer: 1");
        first.close();

        MemoryShare served = large.share().get();
        small.share().get();
        served.close();
    }

    @Test
    void waitersAreServedInTheirOrder() throws Exception {
        MemoryShare first = take(800);
        List<Waiter> waiters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiters.add(waiter(800));
        }

        MemoryShare served = first;
        for (Waiter waiter : waiters) {
            served.close();
            served = waiter.share().get();
            assertThat(waiters.subList(waiters.indexOf(waiter) + 1, waiters.size()))
                    .noneMatch(later -> later.share().isDone());
        }
    }

    @Test
    void cancelledWaitIsForgotten() throws Exception {
        MemoryShare first = take(800);
        Waiter cancelled = waiter(800);
        Waiter next = waiter(800);

        cancelled.share().cancel(true);
        await().until(() -> claims().size() == 2);
        first.close();

        next.share().get();
    }

    @Test
    void claimOfADeadProcessCountsForNothing() throws Exception {
        Process process = new ProcessBuilder("sleep", "1000").start();
        Claims claims = new Claims(folder);
        try (NameLock lock = claims.lock()) {
            claims.write(new Claim(7, "machine", 900, ProcessIdentity.of(process.pid()), Claim.State.HELD));
        }
        Waiter waiter = waiter(500);

        process.destroyForcibly().waitFor();

        waiter.share().get();
        assertThat(claims()).hasSize(1);
    }

    @Test
    void claimOfAnotherProcessWithTheSameNumberCountsForNothing() throws Exception {
        Claims claims = new Claims(folder);
        try (NameLock lock = claims.lock()) {
            ProcessIdentity earlier =
                    new ProcessIdentity(ProcessHandle.current().pid(), "1");
            claims.write(new Claim(7, "machine", 900, earlier, Claim.State.HELD));
        }

        take(500);
    }

    @Test
    void unreadableClaimCountsForNothing() throws Exception {
        Files.writeString(folder.resolve("3.claim"), "{");

        take(800);

        assertThat(claims()).hasSize(1);
    }

    @Test
    void machineThatNeverFitsFailsAtOnce() throws Exception {
        assertThatThrownBy(() -> take(HOST))
                .isInstanceOf(HostFailure.class)
                .hasMessageContaining("this host has 1000 MB for machines");
        assertThat(claims()).isEmpty();
    }

    @Test
    void machineThatNobodyWantsYetIsNotMadeWhileSomebodyWaits() throws Exception {
        MemoryShare spare = budget.takeSpare("spare", 200).orElseThrow();
        assertThat(budget.isShort()).isFalse();
        Waiter waiter = waiter(800);

        assertThat(budget.isShort()).isTrue();
        assertThat(budget.takeSpare("spare", 10)).isEqualTo(Optional.empty());
        spare.close();

        waiter.share().get();
        assertThat(budget.isShort()).isFalse();
    }

    @Test
    void shareThatIsGivenBackTwiceTakesNothingFromOthers() throws Exception {
        MemoryShare first = take(500);
        first.close();
        take(500);
        first.close();

        assertThat(claims()).hasSize(1);
    }
}
