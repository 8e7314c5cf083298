package io.jenkins.plugins.qemush.engine.vm.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Streams as QEMU 7.2 writes them, of a machine with a few pages of memory. */
class MigrationStreamTest {
    private static final int RAM = 2;
    private static final int PAGE = 4096;
    private static final int ZERO = 0x02;
    private static final int CONTENT = 0x08;
    private static final int SAME_BLOCK = 0x20;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private byte[] taken() {
        byte[] stream = bytes.toByteArray();
        bytes.reset();
        return stream;
    }

    private void name(String name) throws IOException {
        out.writeByte(name.length());
        out.writeBytes(name);
    }

    /** Memory of three blocks, of which the first is in a file. */
    private void head(String subsection) throws IOException {
        out.writeBytes("QEVM");
        out.writeInt(3);
        out.writeByte(7);
        out.writeInt(4);
        out.writeBytes("virt");
        out.writeByte(5);
        name("configuration/" + subsection);
        out.writeInt(1);
        out.writeInt(1);
        name("x-ignore-shared");
        out.writeByte(1);
        out.writeInt(RAM);
        name("ram");
        out.writeInt(0);
        out.writeInt(4);
        out.writeLong(8 * PAGE | 0x04);
        for (String block : new String[] {"ram", "flash", "bios"}) {
            name(block);
            out.writeLong(block.equals("ram") ? 4 * PAGE : 2 * PAGE);
            out.writeLong(0);
        }
        out.writeLong(0x10);
        footer();
    }

    private void section(int type) throws IOException {
        out.writeByte(type);
        out.writeInt(RAM);
    }

    private void zero(String block, int page) throws IOException {
        page(block, page, ZERO);
        out.writeByte(0);
    }

    private void content(String block, int page) throws IOException {
        page(block, page, CONTENT);
        byte[] content = new byte[PAGE];
        Arrays.fill(content, (byte) page);
        content[0] = 'x';
        out.write(content);
    }

    /** @param block empty for that of the page before */
    private void page(String block, int page, int flags) throws IOException {
        out.writeLong((long) page * PAGE | flags | (block.isEmpty() ? SAME_BLOCK : 0));
        if (!block.isEmpty()) {
            name(block);
        }
    }

    private void end() throws IOException {
        out.writeLong(0x10);
        footer();
    }

    private void footer() throws IOException {
        out.writeByte(0x7e);
        out.writeInt(RAM);
    }

    private void devices() throws IOException {
        section(3);
        end();
        out.write("all other devices".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void blockThatIsZeroThroughoutIsLeftOut() throws IOException {
        head("capabilities");
        section(2);
        zero("flash", 0);
        zero("", 1);
        content("bios", 0);
        zero("", 1);
        end();
        devices();
        byte[] stream = taken();

        head("capabilities");
        section(2);
        content("bios", 0);
        zero("", 1);
        end();
        devices();

        assertThat(MigrationStream.withoutUntouchedMemory(stream)).isEqualTo(taken());
    }

    @Test
    void pageBehindOneThatIsLeftOutNamesItsBlock() throws IOException {
        head("capabilities");
        section(2);
        zero("bios", 0);
        zero("flash", 0);
        content("bios", 1);
        zero("flash", 1);
        end();
        section(2);
        content("bios", 0);
        end();
        devices();
        byte[] stream = taken();

        head("capabilities");
        section(2);
        zero("bios", 0);
        content("", 1);
        end();
        section(2);
        content("bios", 0);
        end();
        devices();

        assertThat(MigrationStream.withoutUntouchedMemory(stream)).isEqualTo(taken());
    }

    @Test
    void blockWithOnePageThatIsNotZeroIsKeptWhole() throws IOException {
        head("capabilities");
        section(2);
        zero("flash", 0);
        content("", 1);
        content("bios", 0);
        end();
        devices();
        byte[] stream = taken();

        assertThat(MigrationStream.withoutUntouchedMemory(stream)).isEqualTo(stream);
    }

    @Test
    void streamOfAnotherKindIsKeptAsItIs() throws IOException {
        head("uuid");
        section(2);
        zero("flash", 0);
        end();
        devices();
        byte[] unknown = taken();
        byte[] none = "no migration stream".getBytes(StandardCharsets.US_ASCII);

        assertThat(MigrationStream.withoutUntouchedMemory(unknown)).isEqualTo(unknown);
        assertThat(MigrationStream.withoutUntouchedMemory(none)).isEqualTo(none);
    }

    @Test
    void streamThatIsCutAnywhereIsKeptAsItIs() throws IOException {
        head("capabilities");
        section(2);
        zero("flash", 0);
        content("bios", 0);
        end();
        section(3);
        end();
        byte[] stream = taken();

        for (int length = 0; length < stream.length; length++) {
            byte[] cut = Arrays.copyOf(stream, length);
            assertThat(MigrationStream.withoutUntouchedMemory(cut)).isEqualTo(cut);
        }
    }
}
