package org.patchbay.connectivity.mapping.javascript.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.math.BigInteger;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Symbol;

/**
 * Bounds on what Rhino offers no way to watch: {@code s += s} costs next to nothing until somebody
 * looks at the gigabyte that it stands for, {@code 3n ** 100000000n} computes for minutes in one
 * step, and functions that the language itself calls again and again count no steps. Four classes
 * of Rhino get calls of the checks below before the virtual machine loads them; nothing else of
 * them changes.
 */
public final class RhinoBounds {

    private static final int BITS_MAX = 100_000;
    private static final int DIGITS_MAX = 30_000;

    private static final ClassDesc HERE = ClassDesc.of(RhinoBounds.class.getName());
    private static final ClassDesc BIG_INTEGER = ClassDesc.of(BigInteger.class.getName());
    private static final String TEXT = "org.mozilla.javascript.ConsString";
    private static final String RUNTIME = "org.mozilla.javascript.ScriptRuntime";
    private static final String FUNCTION = "org.mozilla.javascript.JSFunction";
    private static final String ITERATION = "org.mozilla.javascript.IteratorLikeIterable$Itr";
    private static final MethodTypeDesc PARSE =
            MethodTypeDesc.of(BIG_INTEGER, ConstantDescs.CD_String);
    private static final Set<String> OPERATORS = Set.of("multiply", "pow", "shiftLeft");

    static {
        define(TEXT, method -> isNamed(method, Set.of("<init>")) ? checkedLength() : null);
        define(
                RUNTIME,
                method ->
                        isArithmetic(method)
                                ? checkedOperators()
                                : isParsing(method) ? checkedDigits() : null);
        define(FUNCTION, method -> isNamed(method, Set.of("call", "construct")) ? counted() : null);
        define(ITERATION, method -> isNamed(method, Set.of("hasNext")) ? counted() : null);
    }

    private RhinoBounds() {}

    /** Puts the bounds in place, before anything else uses Rhino. */
    public static void install() {
        // Done by the class being initialized.
    }

    /** Called by texts that were put together of two. */
    public static void checkLength(int length) {
        if (Context.getCurrentContext() instanceof Sandbox.Run run) {
            run.checkTextLength(length < 0 ? Double.POSITIVE_INFINITY : length);
        }
    }

    /** Called whenever the language calls a script's function or takes a step through a list. */
    public static void step() {
        if (Context.getCurrentContext() instanceof Sandbox.Run run) {
            run.check();
        }
    }

    public static void checkDigits(String number) {
        if (number.length() > DIGITS_MAX) {
            throw tooLarge();
        }
    }

    public static BigInteger multiply(BigInteger left, BigInteger right) {
        checkBits((long) left.bitLength() + right.bitLength());
        return left.multiply(right);
    }

    public static BigInteger pow(BigInteger base, int exponent) {
        checkBits((long) base.bitLength() * exponent);
        return base.pow(exponent);
    }

    public static BigInteger shiftLeft(BigInteger number, int bits) {
        checkBits((long) number.bitLength() + bits);
        return number.shiftLeft(bits);
    }

    private static void checkBits(long bits) {
        if (bits > BITS_MAX) {
            throw tooLarge();
        }
    }

    private static LimitExceeded tooLarge() {
        return new LimitExceeded("it computes with numbers of more than " + BITS_MAX + " bits");
    }

    private static boolean isArithmetic(MethodModel method) {
        return isNamed(method, Set.of("multiply", "exponentiate", "leftShift"));
    }

    private static boolean isNamed(MethodModel method, Set<String> names) {
        return names.contains(method.methodName().stringValue());
    }

    private static boolean isParsing(MethodModel method) {
        return method.methodName().equalsString("toBigInt")
                && method.methodTypeSymbol().equals(PARSE);
    }

    /** Before a constructor returns: {@code checkLength(this.length)}. */
    private static CodeTransform checkedLength() {
        return (code, element) -> {
            if (element instanceof ReturnInstruction) {
                code.aload(0)
                        .getfield(ClassDesc.of(TEXT), "length", ConstantDescs.CD_int)
                        .invokestatic(
                                HERE,
                                "checkLength",
                                MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int));
            }
            code.with(element);
        };
    }

    /** Instead of BigInteger's methods, those of the same names here. */
    private static CodeTransform checkedOperators() {
        return (code, element) -> {
            if (element instanceof InvokeInstruction call && isOperator(call)) {
                code.invokestatic(
                        HERE,
                        call.name().stringValue(),
                        call.typeSymbol().insertParameterTypes(0, BIG_INTEGER));
            } else {
                code.with(element);
            }
        };
    }

    private static boolean isOperator(InvokeInstruction call) {
        return call.opcode() == Opcode.INVOKEVIRTUAL
                && call.owner().asSymbol().equals(BIG_INTEGER)
                && OPERATORS.contains(call.name().stringValue());
    }

    /** Before anything else: {@code checkDigits(number)}. */
    private static CodeTransform checkedDigits() {
        MethodTypeDesc type = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);
        return before(code -> code.aload(0).invokestatic(HERE, "checkDigits", type));
    }

    private static CodeTransform counted() {
        return before(
                code -> code.invokestatic(HERE, "step", MethodTypeDesc.of(ConstantDescs.CD_void)));
    }

    private static CodeTransform before(Consumer<CodeBuilder> first) {
        return new CodeTransform() {
            @Override
            public void atStart(CodeBuilder code) {
                first.accept(code);
            }

            @Override
            public void accept(CodeBuilder code, CodeElement element) {
                code.with(element);
            }
        };
    }

    /**
     * Loads a class with some of its methods changed.
     *
     * @param changes the change of a method's code, null for none
     */
    private static void define(
            String name, Function<MethodModel, @Nullable CodeTransform> changes) {
        ClassLoader loader = Symbol.class.getClassLoader();
        ClassFile classFiles =
                ClassFile.of(
                        ClassHierarchyResolverOption.of(
                                ClassHierarchyResolver.ofResourceParsing(loader)
                                        .orElse(ClassHierarchyResolver.defaultResolver())));
        ClassTransform change =
                (builder, element) -> {
                    CodeTransform code =
                            element instanceof MethodModel method ? changes.apply(method) : null;
                    if (code == null) {
                        builder.with(element);
                    } else {
                        builder.transformMethod(
                                (MethodModel) element, MethodTransform.transformingCode(code));
                    }
                };
        byte[] changed = classFiles.transformClass(classFiles.parse(bytes(loader, name)), change);
        try {
            MethodHandles.privateLookupIn(Symbol.class, MethodHandles.lookup())
                    .defineClass(changed);
        } catch (IllegalAccessException | LinkageError e) {
            throw new IllegalStateException(
                    "Scripts can't be kept within bounds: " + name + " was in use before.", e);
        }
    }

    private static byte[] bytes(ClassLoader loader, String name) {
        String resource = name.replace('.', '/') + ".class";
        try (InputStream in = loader.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("There is no " + resource + ".");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
