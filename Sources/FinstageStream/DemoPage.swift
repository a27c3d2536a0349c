/// The page /ws/demo: one self-contained file.
enum DemoPage {
  /// Nothing of other places is loaded, and the page talks to its own server only.
  static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

  static let text = #"""
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
    <title>fs-stream</title>
    <style>
    :root{color-scheme:light dark;--bg:#fff;--fg:#1a1d21;--dim:#667;--line:#dde;--up:#0a7d38;--down:#c22430;--accent:#2457d6}
    @media(prefers-color-scheme:dark){:root{--bg:#14171b;--fg:#e6e8eb;--dim:#98a;--line:#333a44;--up:#3ccf75;--down:#ff6b74;--accent:#7aa2ff}}
    *{box-sizing:border-box}body{margin:0 auto;max-width:70rem;padding:1rem;background:var(--bg);color:var(--fg);font:15px/1.45 system-ui,sans-serif}
    h1{font-size:1.2rem;margin:0 1rem 0 0}header,form{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin-bottom:1rem}
    input,select,button{font:inherit;padding:.35rem .6rem;border:1px solid var(--line);border-radius:.4rem;background:var(--bg);color:var(--fg)}
    button{cursor:pointer}button:focus-visible,input:focus-visible,select:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
    #state{padding:.1rem .6rem;border-radius:1rem;border:1px solid var(--line)}#state.on{color:var(--up)}#state.off{color:var(--down)}
    .wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
    th,td{padding:.35rem .5rem;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}th:first-child,td:first-child{text-align:left}
    th{color:var(--dim);font-weight:500}.up{color:var(--up)}.down{color:var(--down)}.stale{opacity:.5}
    svg{width:8rem;height:1.6rem;display:block}polyline{fill:none;stroke:var(--accent);stroke-width:1.5;vector-effect:non-scaling-stroke}
    h2{font-size:1rem;margin:1.2rem 0 .4rem}ol,#log{list-style:none;margin:0;padding:.5rem;border:1px solid var(--line);border-radius:.4rem;max-height:14rem;overflow:auto;font:13px/1.4 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
    </style></head><body>
    <header><h1>fs-stream</h1><span id="state" class="off" role="status">not connected</span><span id="count"></span></header>
    <form id="form"><label>Type <select id="type"><option>all</option><option>prices</option><option>technical_analysis</option><option>alerts</option></select></label>
    <label>Symbols <input id="symbols" placeholder="all, or AAPL, MSFT, ^*" size="24" autocapitalize="characters"></label>
    <button>Subscribe</button><button type="button" id="unsubscribe">Unsubscribe</button>
    <button type="button" id="connect">Disconnect</button><button type="button" data-action="heartbeat">Heartbeat</button>
    <button type="button" data-action="get_status">Status</button><button type="button" data-action="get_current_prices">Prices</button>
    <button type="button" id="history">History</button><button type="button" id="clear">Clear</button></form>
    <div class="wide"><table><thead><tr><th scope="col">Symbol</th><th scope="col">Price</th><th scope="col">Change</th><th scope="col">%</th><th scope="col">Volume</th><th scope="col">Time</th><th scope="col">Last prices</th></tr></thead><tbody id="rows"></tbody></table></div>
    <h2>Alerts</h2><ol id="alerts" aria-live="polite"></ol><h2>Log</h2><div id="log" tabindex="0"></div>
    <script>
    "use strict";
    const $=id=>document.getElementById(id),rows=new Map(),seqs={};let socket,epoch="",wanted=[],wait=1000,timer=0,asked=false,events=0;
    const add=(box,text,most)=>{const e=document.createElement(box.tagName==="OL"?"li":"div");e.textContent=text;box.prepend(e);while(box.childElementCount>most)box.lastChild.remove()};
    const log=text=>add($("log"),new Date().toLocaleTimeString()+"  "+text,200);
    function state(on,text){$("state").textContent=text;$("state").className=on?"on":"off";$("connect").textContent=asked?"Connect":"Disconnect"}
    function send(message){if(socket&&socket.readyState===1)socket.send(JSON.stringify(message));else log("not connected")}
    function subscribe(w,again){send({action:"subscribe",type:w.type,symbols:w.symbols.length?w.symbols:undefined,resume:again&&epoch?{epoch,seqs}:undefined})}
    function connect(){clearTimeout(timer);asked=false;const base=location.pathname.replace(/\/(ws\/demo)?$/,"");
      socket=new WebSocket((location.protocol==="https:"?"wss://":"ws://")+location.host+base+"/ws/realtime");
      socket.onopen=()=>{state(true,"connected");wait=1000;const again=wanted.length>0;if(!again)wanted=[{type:"all",symbols:[]}];wanted.forEach(w=>subscribe(w,again))};
      socket.onclose=e=>{log("closed: "+e.code+" "+e.reason);if(asked||e.code>=4500){state(false,"not connected");return}
        const pause=wait*(.5+Math.random());wait=Math.min(wait*2,30000);state(false,"again in "+Math.round(pause/1000)+" s");timer=setTimeout(connect,pause)};
      socket.onmessage=e=>{let m;try{m=JSON.parse(e.data)}catch{return log("not JSON")}
        if(m.epoch&&m.type!=="price_update")epoch=m.epoch;
        if(m.seq!==undefined)seqs[(m.stream||{price_update:"prices",alert:"alerts",technical_analysis:"technical_analysis"}[m.type]||"others")+":"+m.symbol]=m.seq;
        if(m.type==="price_update"&&!m.action){price(m)}
        else if(m.type==="alert"){add($("alerts"),[m.timestamp,m.severity,m.message||m.alert_type].join("  "),100)}
        else if(m.type==="stale"||m.type==="live"){const r=rows.get(m.symbol);if(r)r.row.className=m.type==="stale"?"stale":""}
        else if(m.type==="shutdown"){wait=m.retry_after*1000;log("the server ends")}
        else log(e.data)}}
    function price(m){let r=rows.get(m.symbol);
      if(!r){const row=document.createElement("tr"),cells=[];for(let i=0;i<6;i++){const c=document.createElement("td");row.append(c);cells.push(c)}
        const cell=document.createElement("td"),svg=document.createElementNS("http://www.w3.org/2000/svg","svg"),line=document.createElementNS("http://www.w3.org/2000/svg","polyline");
        svg.setAttribute("preserveAspectRatio","none");svg.setAttribute("aria-hidden","true");svg.append(line);cell.append(svg);row.append(cell);
        r={row,cells,svg,line,values:[]};rows.set(m.symbol,r);const names=[...rows.keys()].sort();const next=names[names.indexOf(m.symbol)+1];$("rows").insertBefore(row,next?rows.get(next).row:null)}
      r.row.className="";const show=v=>v===undefined||v===null?"":String(v);
      [m.symbol,m.current_price,m.change_amount,m.change_percent,m.volume,m.timestamp].forEach((v,i)=>{r.cells[i].textContent=show(v)});
      const c=m.change_amount>0?"up":m.change_amount<0?"down":"";r.cells[1].className=r.cells[2].className=r.cells[3].className=c;
      r.values.push(+m.current_price);if(r.values.length>60)r.values.shift();const lo=Math.min(...r.values),hi=Math.max(...r.values),h=hi-lo||1;
      r.svg.setAttribute("viewBox","0 -1 "+Math.max(1,r.values.length-1)+" 12");
      r.line.setAttribute("points",r.values.map((v,i)=>i+","+(10-(v-lo)/h*10)).join(" "));
      $("count").textContent=++events+" events"}
    const given=()=>({type:$("type").value,symbols:$("symbols").value.split(/[\s,]+/).filter(Boolean)});
    $("form").onsubmit=e=>{e.preventDefault();const w=given();wanted.push(w);subscribe(w,false)};
    $("unsubscribe").onclick=()=>{const w=given();wanted=wanted.filter(x=>x.type!==w.type||w.symbols.length&&String(x.symbols)!==String(w.symbols));send({action:"unsubscribe",type:w.type,symbols:w.symbols.length?w.symbols:undefined})};
    $("connect").onclick=()=>{if(asked||!socket||socket.readyState>1){connect()}else{asked=true;clearTimeout(timer);socket.close(1000)}};
    $("history").onclick=()=>{const s=given().symbols[0]||rows.keys().next().value;if(s)send({action:"get_price_history",symbol:s,limit:50})};
    $("clear").onclick=()=>{$("log").replaceChildren();$("alerts").replaceChildren()};
    document.querySelectorAll("[data-action]").forEach(b=>{b.onclick=()=>send({action:b.dataset.action})});
    connect();
    </script></body></html>
    """#
}
