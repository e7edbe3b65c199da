package io.tasklane.workflow.run;

import java.util.List;
import java.util.Set;

/**
 * What an instance keeps of its start. It is the same object as long as nothing of it changes, so
 * that a long list is not written anew for every member that ends.
 *
 * @param branch of a condition, the position of the branch it took; else 0
 * @param items of a for-each, its list
 * @param approvers of an approval, the principals that have approved so far
 */
public record Memory(int branch, List<Object> items, Set<String> approvers) {
  /** Of a node that keeps nothing, as most do. */
  public static final Memory NONE = new Memory(0, List.of(), Set.of());

  static Memory ofBranch(int branch) {
    return new Memory(branch, List.of(), Set.of());
  }

  static Memory ofItems(List<Object> items) {
    return new Memory(0, items, Set.of());
  }

  static Memory ofApprovers(Set<String> approvers) {
    return new Memory(0, List.of(), Set.copyOf(approvers));
  }
}
