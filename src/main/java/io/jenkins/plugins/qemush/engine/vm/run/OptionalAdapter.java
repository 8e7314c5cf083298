package io.jenkins.plugins.qemush.engine.vm.run;

import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.util.Optional;

/** An {@link Optional} as its value, or null. */
final class OptionalAdapter<T> extends TypeAdapter<Optional<T>> {
    /** For {@link com.google.gson.GsonBuilder#registerTypeAdapterFactory}. */
    static final TypeAdapterFactory FACTORY = new Factory();

    private final TypeAdapter<T> value;

    private OptionalAdapter(TypeAdapter<T> value) {
        this.value = value;
    }

    @Override
    public void write(JsonWriter out, Optional<T> optional) throws IOException {
        if (optional.isPresent()) {
            value.write(out, optional.get());
        } else {
            out.nullValue();
        }
    }

    @Override
    public Optional<T> read(JsonReader in) throws IOException {
        if (in.peek() == JsonToken.NULL) {
            in.nextNull();
            return Optional.empty();
        }
        return Optional.of(value.read(in));
    }

    private static final class Factory implements TypeAdapterFactory {
        @Override
        @SuppressWarnings("unchecked")
        public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
            if (type.getRawType() != Optional.class) {
                return null;
            }
            TypeToken<?> of = TypeToken.get(((ParameterizedType) type.getType()).getActualTypeArguments()[0]);
            return (TypeAdapter<T>) new OptionalAdapter<>(gson.getAdapter(of));
        }
    }
}
