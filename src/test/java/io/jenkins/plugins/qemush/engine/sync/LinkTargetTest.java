package io.jenkins.plugins.qemush.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkTargetTest {

    @ParameterizedTest
    @CsvSource({
        "l,        target",
        "l,        ./target",
        "a/l,      ../target",
        "a/b/l,    ../../target",
        "a/l,      ..",
        "l,        /work/space",
        "l,        /work/space/x",
    })
    void aLinkThatStaysInTheFolderComesAsItIs(String name, String target) {
        assertThat(new LinkTarget("/work/space", "/work/space").onHost(name, target))
                .contains(target);
    }

    @ParameterizedTest
    @CsvSource({
        "l,        ..",
        "a/l,      ../../target",
        "a/b/l,    c/../../d",
        "l,        /etc/passwd",
        "l,        /work/spaceship",
        "l,        /work/space/../x",
        "l,        /",
        "l,        ''",
    })
    void aLinkThatLeadsOutDoesNotCome(String name, String target) {
        assertThat(new LinkTarget("/work/space", "/work/space").onHost(name, target))
                .isEmpty();
        assertThat(new LinkTarget("/work/space", "/home/me").onHost(name, target))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "l,        /work/e,      e",
        "a/l,      /work/e/f,    ../e/f",
        "a/b/l,    /work//e,     ../../e",
        "l,        /work,        .",
        "a/l,      /work/,       ../",
        "l,        e,            e",
    })
    void aLinkFromTheRootBecomesRelativeWhereTheFolderLiesElsewhere(String name, String target, String onHost) {
        assertThat(new LinkTarget("/work", "/home/me").onHost(name, target)).contains(onHost);
        assertThat(new LinkTarget("/work", "/home/me").onHost(name, "/home/me/e"))
                .isEmpty();
    }
}
