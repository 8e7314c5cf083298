package io.jenkins.plugins.qemush.engine.standby;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StandbyLimitsTest {
    @Test
    void withoutLimitsAllHaveRoom() {
        assertThat(new StandbyLimits(0, 0).without(100, 1 << 20).fitting(16, 4096))
                .isEqualTo(16);
    }

    @Test
    void machinesInUseTakeTheRoomOfThoseThatStandBy() {
        StandbyLimits four = new StandbyLimits(4, 0);

        assertThat(four.without(1, 256).fitting(2, 256)).isEqualTo(2);
        assertThat(four.without(3, 768).fitting(2, 256)).isEqualTo(1);
        assertThat(four.without(5, 1280).fitting(2, 256)).isZero();
    }

    @Test
    void memoryInUseTakesTheRoomOfThoseThatStandBy() {
        StandbyLimits gigabyte = new StandbyLimits(0, 1024);

        assertThat(gigabyte.without(1, 512).fitting(3, 256)).isEqualTo(2);
        assertThat(gigabyte.without(1, 900).fitting(3, 256)).isZero();
        assertThat(gigabyte.without(1, 4096).fitting(3, 256)).isZero();
    }

    @Test
    void machineThatIsLargerThanTheLimitDoesNotStandBy() {
        assertThat(new StandbyLimits(0, 1024).without(0, 0).fitting(1, 2048)).isZero();
    }

    @Test
    void firstKindsHaveTheRoomBeforeTheOthers() {
        StandbyRoom room = new StandbyLimits(3, 1024).without(0, 0);
        int first = room.fitting(2, 256);
        assertThat(first).isEqualTo(2);

        StandbyRoom left = room.without(first, 256);

        assertThat(left.fitting(2, 256)).isEqualTo(1);
        assertThat(left.fitting(2, 600)).isZero();
    }
}
