package io.tasklane.differential;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Draws scripts from seeds. It runs the model beside, so that commands are about tasks and runs
 * that exist, and so that a step means the same whether its commands come alone or together.
 */
final class ScriptGenerator {
  private static final int MOST_TRIES = 2_000;

  private final long seed;
  private final Random random;
  private final List<Script.Step> steps = new ArrayList<>();
  private final Script begin;

  private ScriptGenerator(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    List<QueueSpec> queues =
        List.of(
            new QueueSpec("A", 1, 0, false, false),
            new QueueSpec("B", 2 + random.nextInt(2), random.nextBoolean() ? 25 : 0, false, true),
            new QueueSpec("C", 1, random.nextInt(3) == 0 ? 25 : 0, true, random.nextBoolean()));
    this.begin = new Script(seed, queues, Map.of("r1", 2, "r2", 1), List.of());
  }

  /** The script of a seed, with so many steps. */
  static Script generate(long seed, int length) {
    return new ScriptGenerator(seed).draw(length);
  }

  private Script draw(int length) {
    begin
        .queues()
        .forEach(queue -> steps.add(step(0, new Command.TakeOver(queue.name(), "", "n1"))));
    CommandGenerator commands = new CommandGenerator(random);
    Model model = Model.of(script());
    for (int tries = 0; tries < MOST_TRIES && steps.size() < length; tries++) {
      Script.Step step = drawn(commands, model);
      if (!step.commands().isEmpty()) {
        model.apply(step, false);
        if (isCertain(step, model)) {
          steps.add(step);
          commands.accepted(step);
        } else {
          model = Model.of(script());
        }
      }
    }
    return script();
  }

  private Script script() {
    return new Script(seed, begin.queues(), begin.resources(), List.copyOf(steps));
  }

  private static Script.Step step(int hours, Command command) {
    return new Script.Step(hours, List.of(command));
  }

  private Script.Step drawn(CommandGenerator commands, Model model) {
    if (random.nextInt(8) == 0) {
      List<Command> due = new ArrayList<>();
      if (random.nextInt(4) > 0) {
        due.add(new Command.ReleaseDue());
      }
      if (random.nextInt(4) > 0) {
        due.add(new Command.Expire());
      }
      return new Script.Step(1 + random.nextInt(2), due);
    }
    List<Command> drawn = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      Command command = commands.draw(model);
      if (command.isAlone()) {
        return step(0, command);
      }
      drawn.add(command);
    }
    drawn.sort(Comparator.comparingInt(Command::order).thenComparing(c -> isOfKey(model, c)));
    return new Script.Step(0, withoutClashes(drawn));
  }

  /** A run of a task with an ordering key ends by itself, behind the others. */
  private static boolean isOfKey(Model model, Command command) {
    return command instanceof Command.Turn turn
        && turn.ended()
            .filter(end -> !model.tasks.get(end.run().task()).spec.orderingKey().isEmpty())
            .isPresent();
  }

  /** What has to wait for the next transaction may only be the last. */
  private static List<Command> withoutClashes(List<Command> drawn) {
    List<Command> kept = new ArrayList<>();
    Set<Object> touched = new HashSet<>();
    for (int i = 0; i < drawn.size(); i++) {
      Set<Object> mine = Touched.by(drawn.get(i));
      boolean clashes = mine.stream().anyMatch(touched::contains);
      boolean waits = Touched.mayWait(drawn.get(i)) && i == drawn.size() - 1;
      if (!clashes || waits) {
        kept.add(drawn.get(i));
        touched.addAll(mine);
      }
    }
    return kept;
  }

  /** Whether it is the same alone and together, and leaves nothing to chance. */
  private boolean isCertain(Script.Step step, Model alone) {
    if (!alone.doubts.isEmpty()) {
      return false;
    }
    if (step.commands().stream().filter(Command.Turn.class::isInstance).count() < 2) {
      return true;
    }
    Model together = Model.of(script());
    together.apply(step, true);
    return Dump.of(alone.view()).equals(Dump.of(together.view()));
  }
}
