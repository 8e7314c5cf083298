package io.jenkins.plugins.qemush.testboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final Lease lease = new Lease(clock::get);

    @Test
    void pageInAWindowThatNobodyLooksAtIsWaitedFor() {
        pass(61);
        assertThat(lease.isOver()).isFalse();
    }

    @Test
    void pageThatDoesNotAskIsOver() {
        pass(91);
        assertThat(lease.isOver()).isTrue();
    }

    @Test
    void pageThatIsLeftIsOverSoon() {
        lease.shorten();
        pass(6);
        assertThat(lease.isOver()).isTrue();
    }

    @Test
    void pageThatIsLoadedAgainGoesOn() {
        lease.shorten();
        pass(2);
        lease.renew();
        pass(61);
        assertThat(lease.isOver()).isFalse();
    }

    private void pass(int seconds) {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
