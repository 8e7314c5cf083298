package io.jenkins.plugins.qemush.engine.guest;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.KeyExchange;
import com.jcraft.jsch.Session;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.List;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;

/**
 * Loads, while a guest boots, what the first SSH connection of this process needs: the classes of JSch and of Java's
 * cryptography take longer to load than a handshake takes them.
 */
public final class SshWarmUp {
    /** What JSch finds by these names in its configuration. */
    private static final List<String> ALGORITHMS = List.of(
            "random",
            "curve25519-sha256",
            "xdh",
            "ssh-ed25519",
            "sha-256",
            "sha-512",
            "aes128-gcm@openssh.com",
            "userauth.publickey");

    private SshWarmUp() {}

    /** Begins, on a thread of its own, the first time that somebody asks for it. */
    public static void begin() {
        Objects.requireNonNull(Once.THREAD);
    }

    /** Java initialises a class once. */
    private static final class Once {
        static final Thread THREAD = start();

        private static Thread start() {
            Thread thread = new Thread(SshWarmUp::load, "qemu-sh SSH warm-up");
            thread.setDaemon(true);
            thread.start();
            return thread;
        }
    }

    private static void load() {
        try {
            for (Class<?> type : List.of(KeyExchange.class, Session.class, ChannelExec.class)) {
                Class.forName(type.getName());
            }
            for (String algorithm : ALGORITHMS) {
                Class.forName(JSch.getConfig(algorithm));
            }
            exchange();
            sign();
            Cipher.getInstance("AES/GCM/NoPadding");
        } catch (ReflectiveOperationException | GeneralSecurityException e) {
            // Whatever is missing here is told by the connection.
            System.getLogger(SshWarmUp.class.getName()).log(System.Logger.Level.DEBUG, "not warm", e);
        }
    }

    private static void exchange() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("X25519");
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(generator.generateKeyPair().getPrivate());
        agreement.doPhase(generator.generateKeyPair().getPublic(), true);
        MessageDigest.getInstance("SHA-256").update(agreement.generateSecret());
    }

    private static void sign() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Signature signature = Signature.getInstance("Ed25519");
        byte[] message = new byte[32];
        signature.initSign(pair.getPrivate());
        signature.update(message);
        byte[] signed = signature.sign();
        signature.initVerify(pair.getPublic());
        signature.update(message);
        signature.verify(signed);
    }
}
