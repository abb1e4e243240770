// What mapping scripts find under the name Ditto.
var Ditto = (function () {
    function topic(namespace, name, group, channel, criterion, action) {
        var channelPart = channel === 'none' ? '' : '/' + channel;
        return namespace + '/' + name + '/' + group + channelPart + '/' + criterion + '/' + action;
    }

    return {
        buildDittoProtocolMsg: function (namespace, name, group, channel, criterion, action, path,
                                         dittoHeaders, value, status, extra) {
            return {
                topic: topic(namespace, name, group, channel, criterion, action),
                path: path,
                headers: dittoHeaders,
                value: value,
                status: status,
                extra: extra
            };
        },

        buildExternalMsg: function (headers, textPayload, bytePayload, contentType) {
            return {
                headers: headers,
                textPayload: textPayload,
                bytePayload: bytePayload,
                contentType: contentType
            };
        },

        // In pieces, because a function takes only so many arguments.
        arrayBufferToString: function (arrayBuffer) {
            var bytes = new Uint8Array(arrayBuffer);
            var text = '';
            for (var at = 0; at < bytes.length; at += 4096) {
                text += String.fromCharCode.apply(null, bytes.subarray(at, at + 4096));
            }
            return text;
        },

        stringToArrayBuffer: function (string) {
            var bytes = new Uint8Array(string.length);
            for (var i = 0; i < string.length; i++) {
                bytes[i] = string.charCodeAt(i);
            }
            return bytes.buffer;
        },

        // A copy, because the payload itself has no byteLength.
        asByteBuffer: function (arrayBuffer) {
            return dcodeIO.ByteBuffer.wrap(new Uint8Array(new Uint8Array(arrayBuffer)).buffer);
        }
    };
})();
