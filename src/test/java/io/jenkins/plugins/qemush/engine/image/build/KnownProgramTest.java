package io.jenkins.plugins.qemush.engine.image.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KnownProgramTest {
    @Test
    void everyProgramOfTheTableStandsOnceInOrderWithItsPackages() throws Exception {
        List<List<String>> rows = BuilderFiles.rows("programs");

        assertThat(rows.stream().map(row -> row.get(0)).toList())
                .hasSizeGreaterThan(50)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(rows).allSatisfy(row -> assertThat(row.get(1)).matches("[a-z0-9+.-]+(,[a-z0-9+.-]+)*"));
    }
}
