package io.jenkins.plugins.qemush.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcludesTest {

    @ParameterizedTest
    @CsvSource({
        ".git/**,   .git,            true",
        ".git/**,   .git/config,     true",
        ".git/**,   .gitignore,      false",
        ".git/**,   sub/.git/config, false",
        "**/.git/,  sub/.git/config, true",
        "**/*.o,    a.o,             true",
        "**/*.o,    a/b/c.o,         true",
        "**/*.o,    a/b/c.oo,        false",
        "*.o,       a/b.o,           false",
        "build,     build/x/y,       true",
        "a?c,       abc,             true",
        "a?c,       a/c,             false",
        "a/**/b,    a/b,             true",
        "a/**/b,    a/x/y/b,         true",
        "a.b,       axb,             false",
    })
    void patternsMeanWhatAntMeans(String pattern, String name, boolean excluded) {
        assertThat(Excludes.of(pattern).match(name)).isEqualTo(excluded);
    }
}
