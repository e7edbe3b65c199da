package io.tasklane.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EverythingServedIsDescribedTest {
  private final Served served = new Served();
  private final Comments comments = new Comments();

  EverythingServedIsDescribedTest() throws IOException {}

  @Test
  void every_service_and_method_is_described() {
    assertThat(undescribed(Served.services())).isEmpty();
    assertThat(undescribed(Served.services().flatMap(s -> s.getMethods().stream()))).isEmpty();
  }

  @Test
  void every_served_method_promises_its_status_codes() {
    List<String> silent =
        Served.methods()
            .map(MethodDescriptor::getFullName)
            .filter(m -> !comments.of(m).orElse("").matches("(?s).*\\b[A-Z]+(_[A-Z]+)?: .*"))
            .filter(m -> !comments.of(m).orElse("").contains("Codes and reasons of "))
            .toList();
    assertThat(silent).isEmpty();
  }

  @Test
  void every_method_beside_them_says_that_it_is_unimplemented() {
    List<String> silent =
        Served.services()
            .flatMap(s -> s.getMethods().stream())
            .filter(m -> !Served.isServed(m))
            .map(MethodDescriptor::getFullName)
            .filter(m -> !comments.of(m).orElse("").contains("UNIMPLEMENTED"))
            .toList();
    assertThat(silent).isEmpty();
  }

  @Test
  void every_message_and_field_is_described() {
    Stream<Descriptor> own = served.messages().stream().filter(m -> !m.getOptions().getMapEntry());
    List<Descriptor> messages = own.toList();
    assertThat(undescribed(messages.stream())).isEmpty();
    assertThat(undescribed(messages.stream().flatMap(m -> m.getFields().stream()))).isEmpty();
    assertThat(undescribed(messages.stream().flatMap(m -> m.getRealOneofs().stream()))).isEmpty();
  }

  @Test
  void every_enum_value_says_what_it_means() {
    for (EnumDescriptor type : served.enums()) {
      assertThat(comments.of(type.getFullName())).as(type.getFullName()).isPresent();
      assertThat(type.getValues())
          .allSatisfy(
              value ->
                  // A value's full name leaves out its enum; the comments keep it.
                  assertThat(comments.of(type.getFullName() + "." + value.getName()))
                      .as(value.getFullName())
                      .isPresent());
    }
  }

  private List<String> undescribed(Stream<? extends GenericDescriptor> elements) {
    return elements
        .map(GenericDescriptor::getFullName)
        .filter(name -> comments.of(name).isEmpty())
        .toList();
  }
}
