package io.tasklane.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.time.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What fails is known until it goes well, and only errors of the virtual machine end a node. */
class OngoingFaultsTest {
  private final SettableClock clock = new SettableClock();
  private final AtomicInteger ends = new AtomicInteger();
  private final OngoingFaults faults = new OngoingFaults(clock, ends::incrementAndGet);

  @Test
  void a_fault_says_since_when_how_often_and_the_last_error() {
    faults.failed("work", new IllegalStateException("first"));
    clock.pass(Duration.ofSeconds(7));
    faults.failed("work", new CompletionException(new StackOverflowError("last")));
    OngoingFault fault = faults.all().get(0);
    assertThat(fault.failures()).isEqualTo(2);
    assertThat(Duration.between(fault.since(), fault.last())).isEqualTo(Duration.ofSeconds(7));
    assertThat(fault.error()).isEqualTo("StackOverflowError: last");
  }

  @Test
  void it_is_over_when_its_work_goes_well() {
    faults.attempt("work", () -> fail("once"));
    assertThat(faults.size()).isOne();
    assertThat(faults.attempt("work", () -> {})).isTrue();
    assertThat(faults.all()).isEmpty();
  }

  @Test
  void it_is_forgotten_when_it_is_not_tried_any_more() {
    faults.attempt("work", () -> fail("once"));
    clock.pass(Duration.ofMinutes(31));
    assertThat(faults.size()).isZero();
  }

  @Test
  void one_of_many_that_fails_keeps_no_other_from_its_turn() {
    List<Integer> done = new ArrayList<>();
    boolean well =
        faults.attemptEach(
            "work",
            List.of(1, 2, 3),
            i -> {
              if (i == 1) {
                throw new AssertionError(i);
              }
              done.add(i);
            });
    assertThat(well).isFalse();
    assertThat(done).containsExactly(2, 3);
    assertThat(faults.size()).isOne();
  }

  @Test
  void an_error_of_the_virtual_machine_ends_the_node() {
    for (Throwable fatal :
        List.of(
            new OutOfMemoryError("Java heap space"),
            new CompletionException(new InternalError("fatal")))) {
      int before = ends.get();
      assertThatThrownBy(() -> faults.failed("work", fatal))
          .isInstanceOf(VirtualMachineError.class);
      assertThat(ends.get()).isEqualTo(before + 1);
    }
    assertThat(faults.all()).isEmpty();
  }

  @Test
  void no_other_error_does() {
    for (Throwable survived :
        List.of(
            new StackOverflowError(),
            new OutOfMemoryError("unable to create native thread: possibly out of memory"),
            new NoClassDefFoundError("X"),
            new AssertionError("x"))) {
      faults.failed("work", survived);
    }
    assertThat(ends).hasValue(0);
  }

  @Test
  void an_exception_whose_own_methods_throw_has_words_all_the_same() {
    faults.failed("work", new Evil());
    assertThat(faults.all().get(0).error()).startsWith("Evil: its message cannot be read");
    assertThat(ErrorText.traceOf(new Evil())).startsWith("Evil, whose stack trace");
  }

  private static void fail(String why) {
    throw new IllegalStateException(why);
  }

  private static final class Evil extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }
  }
}
