package antiphon;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * The rules that class files do not show: sizes, names, {@code synchronized} blocks, and those allocations in
 * {@code @HotPath} code that are no constructor call. Reads the syntax only, by javac's own parser.
 */
final class SourceRules {
    private static final int MOST_LINES_IN_A_FILE = 400;
    private static final int MOST_LINES_IN_A_METHOD = 40;
    private static final Set<String> TEST_ANNOTATIONS =
            Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "Property", "Example");
    private static final Set<String> UNLOCKED =
            Set.of("antiphon.live", "antiphon.model", "antiphon.improv", "antiphon.music");
    private static final Pattern EMPTY_NAME = Pattern.compile(".*(Manager|Utils?|Helper|Impl)");

    private SourceRules() {}

    /** Every breach in the sources, as {@code file:line: what}; empty if there is none. */
    static List<String> breaches(Iterable<? extends JavaFileObject> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavacTask task = (JavacTask) compiler.getTask(null, null, null, List.of(), null, sources);
        List<String> breaches = new ArrayList<>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                Scan scan = new Scan(unit, Trees.instance(task).getSourcePositions(), breaches);
                scan.checkFile();
                scan.scan(unit, null);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return breaches;
    }

    /** One file; knows which class, and whether hot code, it is in. */
    private static final class Scan extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> breaches;
        private final String packageName;
        private String outermost = "";
        private boolean hotClass;
        private boolean hotMethod;

        Scan(CompilationUnitTree unit, SourcePositions positions, List<String> breaches) {
            this.unit = unit;
            this.positions = positions;
            this.breaches = breaches;
            this.packageName =
                    unit.getPackageName() == null ? "" : unit.getPackageName().toString();
        }

        void checkFile() throws IOException {
            long lines =
                    unit.getSourceFile().getCharContent(true).toString().lines().count();
            if (lines > MOST_LINES_IN_A_FILE) {
                breaches.add(where(unit) + lines + " lines; allowed: " + MOST_LINES_IN_A_FILE + " in a file");
            }
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            String name = type.getSimpleName().toString();
            if (EMPTY_NAME.matcher(name).matches()) {
                breaches.add(where(type) + name + " says nothing; name what it does");
            }
            String outermostBefore = outermost;
            boolean hotClassBefore = hotClass;
            boolean hotMethodBefore = hotMethod;
            outermost = outermost.isEmpty() ? name : outermost;
            hotClass = has(type.getModifiers(), Set.of("HotPath"));
            hotMethod = false;
            super.visitClass(type, null);
            outermost = outermostBefore;
            hotClass = hotClassBefore;
            hotMethod = hotMethodBefore;
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            long lines = line(positions.getEndPosition(unit, method)) - line(start(method)) + 1;
            if (lines > MOST_LINES_IN_A_METHOD) {
                breaches.add(where(method) + method.getName() + " has " + lines + " lines; allowed: "
                        + MOST_LINES_IN_A_METHOD + " in a method");
            }
            if (has(method.getModifiers(), TEST_ANNOTATIONS) && !outermost.endsWith("Test")) {
                breaches.add(where(method) + "test in class " + outermost + "; Surefire runs only *Test");
            }
            if (method.getModifiers().getFlags().contains(Modifier.SYNCHRONIZED)) {
                checkLock(method);
            }
            boolean constructor = method.getReturnType() == null;
            boolean hotBefore = hotMethod;
            hotMethod = has(method.getModifiers(), Set.of("HotPath")) || (hotClass && !constructor);
            scan(method.getBody(), null);
            hotMethod = hotBefore;
            return null;
        }

        @Override
        public Void visitSynchronized(SynchronizedTree block, Void unused) {
            checkLock(block);
            return super.visitSynchronized(block, null);
        }

        private void checkLock(Tree tree) {
            if (UNLOCKED.contains(packageName) || hotMethod) {
                breaches.add(where(tree) + "synchronized; nothing in " + packageName + " may wait for a lock");
            }
        }

        @Override
        public Void visitNewArray(NewArrayTree array, Void unused) {
            checkAllocation(array, "an array");
            return super.visitNewArray(array, null);
        }

        @Override
        public Void visitLambdaExpression(LambdaExpressionTree lambda, Void unused) {
            checkAllocation(lambda, "a lambda");
            return super.visitLambdaExpression(lambda, null);
        }

        @Override
        public Void visitMemberReference(MemberReferenceTree reference, Void unused) {
            checkAllocation(reference, "a method reference");
            return super.visitMemberReference(reference, null);
        }

        @Override
        public Void visitBinary(BinaryTree sum, Void unused) {
            boolean text = sum.getLeftOperand().getKind() == Tree.Kind.STRING_LITERAL
                    || sum.getRightOperand().getKind() == Tree.Kind.STRING_LITERAL;
            if (sum.getKind() == Tree.Kind.PLUS && text) {
                checkAllocation(sum, "a text joined");
            }
            return super.visitBinary(sum, null);
        }

        private void checkAllocation(Tree tree, String what) {
            if (hotMethod) {
                breaches.add(where(tree) + what + " in @HotPath code: it may allocate");
            }
        }

        private static boolean has(ModifiersTree modifiers, Set<String> names) {
            for (AnnotationTree annotation : modifiers.getAnnotations()) {
                String type = annotation.getAnnotationType().toString();
                if (names.contains(type.substring(type.lastIndexOf('.') + 1))) {
                    return true;
                }
            }
            return false;
        }

        private String where(Tree tree) {
            return unit.getSourceFile().getName() + ":" + line(start(tree)) + ": ";
        }

        private long start(Tree tree) {
            return positions.getStartPosition(unit, tree);
        }

        private long line(long position) {
            return position < 0 ? 1 : unit.getLineMap().getLineNumber(position);
        }
    }
}
