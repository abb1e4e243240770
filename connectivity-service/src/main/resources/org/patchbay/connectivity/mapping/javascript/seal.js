// Reaches every object of the language, those that have no name too, and seals it.
(function (seal) {
    var globals = this;
    var waiting = [globals];
    var seen = new Set();

    // An assignment to __proto__ would change what is sealed.
    var setPrototypeOf = Object.setPrototypeOf;
    Object.defineProperty(Object.prototype, '__proto__', {
        set: function (prototype) {
            setPrototypeOf(this, prototype);
        }
    });

    [
        function () { return [][Symbol.iterator](); },
        function () { return ''[Symbol.iterator](); },
        function () { return new Map().entries(); },
        function () { return new Set().values(); },
        function () { return (function* () {}); },
        function () { return (function* () {})(); },
        function () { return ''.matchAll(/x/g); },
        function () { return function () { return arguments; }(); },
        function () { return Object.getPrototypeOf(Uint8Array); },
        function () { return Promise.resolve(); }
    ].forEach(function (make) {
        try {
            waiting.push(Object.getPrototypeOf(make()), make().constructor);
        } catch (e) {
            // This language has no such thing.
        }
    });

    function parts(object) {
        try {
            var parts = [Object.getPrototypeOf(object)];
            Object.getOwnPropertyNames(object).concat(Object.getOwnPropertySymbols(object))
                .forEach(function (name) {
                    var property = Object.getOwnPropertyDescriptor(object, name);
                    if (property && 'value' in property) {
                        // Asked for by its name, because some are only made then.
                        parts.push(object[name]);
                    } else if (property) {
                        parts.push(property.get, property.set);
                    }
                });
            return parts;
        } catch (e) {
            // A primitive value in the guise of an object.
            return [];
        }
    }

    while (waiting.length > 0) {
        var object = waiting.pop();
        if (object === null || object === undefined || seen.has(object)
                || (typeof object !== 'object' && typeof object !== 'function')) {
            continue;
        }
        seen.add(object);
        waiting = waiting.concat(parts(object));
    }
    seen.forEach(function (each) {
        if (each !== globals) {
            seal(each);
        }
    });
});
