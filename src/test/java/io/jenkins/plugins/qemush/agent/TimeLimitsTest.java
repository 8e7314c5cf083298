package io.jenkins.plugins.qemush.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeLimitsTest {
    private static final TimeLimits MOST = new TimeLimits(180, 0, 3600);

    @ParameterizedTest
    @CsvSource({"180, 0, 3600", "60, 10, 1", "180, 99999, 3600"})
    void lessOrAsMuchIsNotBeyond(int boot, int idle, int total) {
        assertThat(new TimeLimits(boot, idle, total).beyond(MOST)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "181 | 0 | 3600 | bootTimeout: 181 is more than the 180 s that are allowed",
                "180 | 0 | 3601 | totalTimeout: 3601 is more than the 3600 s that are allowed",
                "180 | 0 | 0 | totalTimeout: 0, no limit, is more than the 3600 s that are allowed",
            })
    void moreOrNoLimitIsBeyond(int boot, int idle, int total, String words) {
        assertThat(new TimeLimits(boot, idle, total).beyond(MOST)).hasValue(words);
    }
}
