package io.jenkins.plugins.qemush.engine.guest;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A key pair that lives and dies with one machine.
 *
 * @param privateKey the file that holds the private half
 * @param publicLine the public half as {@code authorized_keys} wants it
 */
public record OneTimeKey(Path privateKey, String publicLine) {

    /** Makes an ed25519 pair; the private half goes to {@code file}, readable by its owner only. */
    public static OneTimeKey generate(Path file) throws IOException {
        try {
            KeyPair pair = KeyPair.genKeyPair(new JSch(), KeyPair.ED25519);
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            pair.writeOpenSSHv1PrivateKey(text, null);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, text.toByteArray());
            return new OneTimeKey(file, publicLine(pair));
        } catch (JSchException e) {
            throw new HostFailure("No key pair could be made: " + e.getMessage(), "Report this with -v.", e);
        }
    }

    /**
     * A pair that the user brings.
     *
     * @param publicKey may be null: then it is derived from the private key
     */
    public static OneTimeKey of(Path privateKey, Path publicKey) throws IOException {
        if (!Files.isRegularFile(privateKey) || !Files.isReadable(privateKey)) {
            throw new HostFailure(
                    privateKey + " cannot be used as a private key: there is no such file that can be read.",
                    "Give a readable OpenSSH private key.");
        }
        try {
            KeyPair pair = KeyPair.load(new JSch(), privateKey.toString(), null);
            if (pair.isEncrypted()) {
                throw new HostFailure(
                        "The key " + privateKey + " has a passphrase.",
                        "Give a key without one, or leave --identity out.");
            }
            String line = publicKey == null ? publicLine(pair) : readPublic(publicKey);
            return new OneTimeKey(privateKey, line);
        } catch (JSchException e) {
            throw new HostFailure(
                    privateKey + " cannot be used as a private key: " + e.getMessage(),
                    "Give a readable OpenSSH private key.",
                    e);
        }
    }

    /** The line of a public key's file. */
    public static String readPublic(Path file) throws HostFailure {
        try {
            String line = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (line.matches("(ssh|ecdsa|sk)-\\S+ [A-Za-z0-9+/]+=*( [^\\n]*)?")) {
                return line;
            }
        } catch (IOException e) {
            throw new HostFailure(
                    "The public key cannot be read: " + e.getMessage(), "Give the .pub file of your key.", e);
        }
        throw new HostFailure(
                file + " is no public key.", "Give the file that ssh-keygen wrote beside the key (.pub).");
    }

    /** The base64 part alone. */
    public String publicBlob() {
        return publicLine.split(" ")[1];
    }

    /** The key's type, {@code ssh-ed25519} for instance. */
    public String type() {
        return publicLine.split(" ")[0];
    }

    private static String publicLine(KeyPair pair) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        pair.writePublicKey(line, "qemu-sh");
        return line.toString(StandardCharsets.UTF_8).strip();
    }
}
