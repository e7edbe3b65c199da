package io.tasklane.grpc.quick;

import static org.assertj.core.api.Assertions.assertThat;

import build.buf.protovalidate.Config;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.Violation;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPathElement;
import com.google.protobuf.Message;
import io.tasklane.v1.GetTaskRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QuickPassTest {
  private static final int ROUNDS = 4_000;

  private static final Validator RULES =
      ValidatorFactory.newBuilder()
          .withConfig(Config.newBuilder().setEnableNativeRules(true).build())
          .build();

  private static final List<Variety> KINDS =
      Stream.of(
              Requests.whole(),
              Requests.element(Requests.whole()),
              Requests.batch(Requests.whole()))
          .map(Variety::of)
          .toList();

  private static List<Variety> kinds() {
    return KINDS;
  }

  private static List<Message> everyday() {
    return Requests.everyday();
  }

  /** That every rule is broken by some of them proves that the others prove something. */
  @ParameterizedTest
  @MethodSource("kinds")
  void whatever_one_field_holds_what_passes_keeps_the_rules(Variety kind) {
    Set<String> broken = new TreeSet<>();
    kind.eachWithOneChange(
        (request, place) -> {
          List<String> fields = brokenFields(request);
          if (QuickPass.admits(request)) {
            assertThat(fields).as("%s in %s", place.name(), request).isEmpty();
          }
          broken.addAll(fields);
        });
    assertThat(broken).containsAll(kind.ruledFields());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatever_several_fields_hold_what_passes_keeps_the_rules(Variety kind) {
    long seed = Long.getLong("tasklane.seed", 11);
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Message request = kind.withSomeChanges(random);
      if (QuickPass.admits(request)) {
        assertThat(brokenFields(request))
            .as("seed %s round %s: %s", seed, round, request)
            .isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyday")
  void what_is_asked_for_every_day_passes(Message request) {
    assertThat(brokenFields(request)).isEmpty();
    assertThat(QuickPass.admits(request)).isTrue();
  }

  @Test
  void nothing_else_passes() {
    assertThat(QuickPass.admits(GetTaskRequest.getDefaultInstance())).isFalse();
  }

  private static List<String> brokenFields(Message request) {
    try {
      List<String> fields = new ArrayList<>();
      for (Violation violation : RULES.validate(request).getViolations()) {
        fields.add(
            violation.toProto().getField().getElementsList().stream()
                .map(FieldPathElement::getFieldName)
                .collect(Collectors.joining(".")));
      }
      return fields;
    } catch (ValidationException notEvenComparable) {
      return List.of("a value that the rules cannot compare");
    }
  }
}
