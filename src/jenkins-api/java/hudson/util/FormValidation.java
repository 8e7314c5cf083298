package hudson.util;

public abstract class FormValidation extends Exception {
    public final Kind kind = null;

    public enum Kind {
        OK,
        WARNING,
        ERROR
    }

    public static native FormValidation ok();

    public static native FormValidation ok(String message);

    public static native FormValidation warning(String message);

    public static native FormValidation error(String message);

    public static native FormValidation validateNonNegativeInteger(String value);

    public static native FormValidation validatePositiveInteger(String value);
}
