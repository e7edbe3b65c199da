package io.tasklane.grpc.quick;

import build.buf.validate.FieldRules;
import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A field in a request, however deep.
 *
 * @param path from the request to it; of what there are many the first is meant
 */
record Place(List<FieldDescriptor> path) {
  /** All of them in requests of this type. */
  static List<Place> in(Descriptor request) {
    List<Place> places = new ArrayList<>();
    collect(List.of(), request, places);
    return places;
  }

  private static void collect(List<FieldDescriptor> path, Descriptor type, List<Place> places) {
    for (FieldDescriptor field : type.getFields()) {
      List<FieldDescriptor> longer = new ArrayList<>(path);
      longer.add(field);
      places.add(new Place(longer));
      boolean ours =
          field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
              && !field.isMapField()
              && field.getMessageType().getFile().getPackage().startsWith("tasklane.");
      if (ours) {
        collect(longer, field.getMessageType(), places);
      }
    }
  }

  FieldDescriptor field() {
    return path.get(path.size() - 1);
  }

  /** As violations tell it, without indices and keys. */
  String name() {
    return path.stream().map(FieldDescriptor::getName).collect(Collectors.joining("."));
  }

  /** Whether the contract has a rule for it, or for the message in it. */
  boolean isRuled() {
    FieldRules rules = Borders.rules(field());
    boolean message = field().getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    return !rules.equals(FieldRules.getDefaultInstance())
        || message
            && !field()
                .getMessageType()
                .getOptions()
                .getExtension(ValidateProto.message)
                .getCelList()
                .isEmpty();
  }

  /** Everything that might be put here, where this is what is there. */
  List<Object> candidates(Message request) {
    Borders borders = Borders.of(field());
    if (!field().isRepeated()) {
      return Candidates.of(field(), borders);
    }
    List<Object> all = new ArrayList<>();
    if (field().isMapField()) {
      entries(borders, all);
    } else {
      Candidates.of(field(), borders).forEach(one -> all.add(List.of(one)));
      Object element = element(request);
      Candidates.counts(borders).forEach(count -> all.add(Collections.nCopies(count, element)));
    }
    return all;
  }

  private void entries(Borders borders, List<Object> all) {
    FieldDescriptor key = field().getMessageType().findFieldByName("key");
    FieldDescriptor value = field().getMessageType().findFieldByName("value");
    Object plain = value.getJavaType() == FieldDescriptor.JavaType.STRING ? "v" : (Object) 1;
    Candidates.of(key, borders).forEach(one -> all.add(List.of(entry(one, plain))));
    Candidates.of(value, borders).forEach(one -> all.add(List.of(entry("k", one))));
    for (int count : Candidates.counts(borders)) {
      all.add(IntStream.range(0, count).mapToObj(i -> (Object) entry("k" + i, plain)).toList());
    }
  }

  private Message entry(Object key, Object value) {
    Message.Builder entry = DynamicMessage.newBuilder(field().getMessageType());
    return entry
        .setField(field().getMessageType().findFieldByName("key"), key)
        .setField(field().getMessageType().findFieldByName("value"), value)
        .build();
  }

  /** One that is there, or one of nothing. */
  private Object element(Message request) {
    Message.Builder parent = parent(request.toBuilder());
    if (parent.getRepeatedFieldCount(field()) > 0) {
      return parent.getRepeatedField(field(), 0);
    }
    return field().getJavaType() == FieldDescriptor.JavaType.MESSAGE
        ? parent.newBuilderForField(field()).build()
        : field().getJavaType() == FieldDescriptor.JavaType.STRING
            ? "A"
            : field().getDefaultValue();
  }

  /** The request with this here. */
  Message put(Message request, Object value) {
    Message.Builder changed = request.toBuilder();
    Message.Builder parent = parent(changed);
    if (field().isMapField()) {
      parent.clearField(field());
      ((List<?>) value)
          .forEach(
              one ->
                  parent.addRepeatedField(
                      field(),
                      parent.newBuilderForField(field()).mergeFrom((Message) one).build()));
    } else {
      parent.setField(field(), value);
    }
    return changed.build();
  }

  /** The request with nothing here. */
  Message without(Message request) {
    Message.Builder changed = request.toBuilder();
    parent(changed).clearField(field());
    return changed.build();
  }

  private Message.Builder parent(Message.Builder request) {
    Message.Builder at = request;
    for (FieldDescriptor step : path.subList(0, path.size() - 1)) {
      if (step.isRepeated() && at.getRepeatedFieldCount(step) == 0) {
        at.addRepeatedField(step, at.newBuilderForField(step).build());
      }
      at = step.isRepeated() ? at.getRepeatedFieldBuilder(step, 0) : at.getFieldBuilder(step);
    }
    return at;
  }
}
